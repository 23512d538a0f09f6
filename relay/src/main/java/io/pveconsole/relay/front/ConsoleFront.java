// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.front;

import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.audit.EndAudit;
import io.pveconsole.relay.grants.Contact;
import io.pveconsole.relay.grants.EndConfirmer;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.ProxmoxAccess;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.session.Admission;
import io.pveconsole.relay.session.ApiFailures;
import io.pveconsole.relay.session.Redeemer;
import io.pveconsole.relay.session.SessionEnder;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Departures;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.relay.viewer.ViewerServices;
import io.pveconsole.relay.viewer.Viewers;
import io.pveconsole.relay.web.Connections;
import io.pveconsole.relay.web.Doorkeeper;
import io.pveconsole.relay.web.RequestRouter;
import io.pveconsole.relay.web.SessionCalls;
import io.pveconsole.relay.web.UpgradeCall;
import io.pveconsole.relay.web.security.KeyRing;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenSealer;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** Everything between a browser's request and a guest's picture, put together. */
public final class ConsoleFront {

  private final GrantWriter writer;
  private final Viewers viewers;
  private final RequestRouter router;

  /**
   * What it stands on.
   *
   * @param access the way to Proxmox
   * @param connections those of the public port
   * @param contact how the API server answers
   * @param room for consoles
   */
  public record Base(
      Vertx vertx,
      Clock clock,
      String podName,
      HostView view,
      GrantRegistry registry,
      GrantStore grants,
      Blocking blocking,
      ProxmoxAccess access,
      Audit audit,
      RelayMetrics metrics,
      ConsoleTimes times,
      Room room,
      Connections connections,
      Supplier<KeyRing> keys,
      Supplier<Contact> contact) {}

  /** Puts it together; from now on it follows the registry and the view. */
  public ConsoleFront(Base base) {
    this.writer = new GrantWriter(base.grants(), base.registry());
    this.viewers =
        new Viewers(
            new ViewerServices(
                base.vertx(),
                base.clock(),
                base.podName(),
                base.grants(),
                base.registry(),
                writer,
                base.view(),
                base.access(),
                base.audit(),
                base.metrics(),
                base.times(),
                base.room(),
                new Departures(base.vertx())),
            new SecureRandom());
    base.registry().listen(viewers);
    base.registry().listen(new EndConfirmer(writer, base.podName(), base.clock()));
    base.registry().listen(new EndAudit(base.audit(), base.podName(), base.clock()));
    Doorkeeper door =
        new Doorkeeper(
            new SessionCookies(new TokenSealer(base.keys(), base.clock()), base.clock()),
            base.metrics(),
            System::nanoTime);
    ApiFailures failures = new ApiFailures(base.clock());
    Admission admission =
        new Admission(base.grants(), base.registry(), base.view(), base.clock(), failures);
    this.router =
        new RequestRouter(
            base.vertx(),
            base.view(),
            base.blocking(),
            new SessionCalls(
                door,
                new Redeemer(
                    base.grants(),
                    base.registry(),
                    base.audit(),
                    base.podName(),
                    base.clock(),
                    failures),
                admission,
                new SessionEnder(writer, base.registry(), base.podName(), base.clock(), failures),
                base.metrics(),
                base.clock()),
            new UpgradeCall(
                base.vertx(),
                door,
                admission,
                new UpgradeCall.Sessions(base.registry(), viewers, base.contact(), base.audit()),
                base.times(),
                base.room(),
                base.connections()),
            base.metrics());
  }

  /** Answers the requests of browsers. */
  public RequestRouter router() {
    return router;
  }

  /** The consoles that are open. */
  public Viewers viewers() {
    return viewers;
  }

  /** Writes the status of grants. */
  public GrantWriter writer() {
    return writer;
  }
}
