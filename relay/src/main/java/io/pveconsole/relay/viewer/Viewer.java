// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.async.AfterReads;
import io.pveconsole.relay.async.OneTimer;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.proxmox.FailureReason;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One person looking at one guest: the two legs, the policy and the clocks. It lives on one event
 * loop; from elsewhere call {@link #run}.
 */
public final class Viewer implements Console.Events, Upstream.Events, IdleClock.Events {

  private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

  private final ViewerServices services;
  private final Context context;
  private final String id;
  private final String address;
  private final BrowserSocket browser;
  private final Runnable onClosed;
  private final RfbGreeting greeting;
  private final GrantRecord record;
  private final IdleClock idle;
  private final Upstream upstream;
  private final Expiry expiry;
  private final OneTimer ticker;
  private Grant grant;
  private Policy policy;
  private @Nullable Console console;
  private volatile boolean replaced;
  private boolean announced;
  private boolean arrived;
  private boolean closed;

  /** A viewer that has not begun; must be made on the event loop of its socket. */
  public Viewer(
      ViewerServices services,
      Grant grant,
      String id,
      String address,
      BrowserSocket browser,
      Runnable onClosed) {
    this.services = services;
    this.context = services.vertx().getOrCreateContext();
    this.grant = grant;
    this.id = id;
    this.address = address;
    this.browser = browser;
    this.greeting = new RfbGreeting(browser);
    this.onClosed = onClosed;
    this.policy = Policy.of(grant);
    this.record = new GrantRecord(services, grant, id, address);
    this.expiry = new Expiry(services.vertx(), services.clock(), () -> changed(this.grant));
    this.ticker = new OneTimer(services.vertx());
    this.upstream = new Upstream(services, record, browser, this);
    this.idle = new IdleClock(services.vertx(), policy.idleTimeout(), this);
  }

  /** Runs something on this viewer's event loop. */
  public void run(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  /**
   * A newer viewer of this relay has the session: from now on this one does not take its place, and
   * is closed as soon as its event loop comes to it. Safe from any thread.
   */
  void replace() {
    replaced = true;
    run(this::takenOver);
  }

  private boolean isGone() {
    return closed || replaced;
  }

  /** Stands in the grant while this viewer is the session's. */
  String id() {
    return id;
  }

  /**
   * Greets the browser, takes the viewer's place, and opens the console.
   *
   * @param older the viewer that had the session in this relay until now
   */
  public void start(@Nullable String older) {
    browser.begin(new BrowserMessages(browser, () -> console, greeting, this::close));
    browser.control(ControlMessages.hello(id, grant, policy, services.clock().instant()));
    expiry.at(policy.expires());
    startTicker();
    if (!browser.isControlled() && grant.spec().console() == ConsoleKind.VNC) {
      greeting.expect();
    }
    upstream.prepare(grant);
    AfterReads.run(context, () -> arrive(older));
  }

  /** The connection to Proxmox is being made in the meantime. */
  private void arrive(@Nullable String older) {
    Future<Grant> arrival = record.arrive(this::isGone);
    announce();
    if (!closed && greeting.isExpected()) {
      greeting.begin();
    }
    arrival
        .compose(
            now -> {
              arrived = true;
              changed(services.registry().find(now.name()).orElse(now));
              return closed ? left() : record.mayStay(now);
            })
        .recover(thrown -> goesOn(older, thrown))
        .onSuccess(
            stays -> {
              if (!stays) {
                close(CloseCode.GUEST_BUSY, "GuestBusy");
              } else if (!closed) {
                upstream.open(grant);
              }
            })
        .onFailure(this::notNoted);
  }

  /** Once, and before it is told how the viewer ended. */
  private void announce() {
    if (!announced) {
      announced = true;
      services.audit().opening(grant, id, address);
    }
  }

  private void notNoted(Throwable thrown) {
    if (thrown instanceof GoneException) {
      removed(TerminationReason.Revoked);
      return;
    }
    LOG.atWarn().addKeyValue("error", thrown.toString()).log("cannot note a viewer");
    close(CloseCode.CONTROL_PLANE_LOST, "ControlPlaneLost");
  }

  /** The API server is away: whoever had the session here already may have it again. */
  private Future<Boolean> goesOn(@Nullable String older, Throwable thrown) {
    boolean shared = grant.spec().guestSharing() != GuestSharing.Refuse;
    if (older == null || arrived || !shared || thrown instanceof GoneException) {
      return Future.failedFuture(thrown);
    }
    LOG.atWarn().addKeyValue("error", thrown.toString()).log("a viewer is noted later");
    record
        .arriveLater(older, this::isGone)
        .onSuccess(
            now -> {
              arrived = true;
              changed(services.registry().find(now.name()).orElse(now));
            })
        .onFailure(e -> LOG.atInfo().addKeyValue("error", e.toString()).log("viewer not noted"));
    return Future.succeededFuture(true);
  }

  /** The browser went while its arrival was being written. */
  private Future<Boolean> left() {
    record.leave();
    return Future.succeededFuture(true);
  }

  @Override
  public void opened(OpenTunnel open) {
    if (closed) {
      open.tunnel()
          .close()
          .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("upstream"));
      return;
    }
    ByteCounters counters =
        new ByteCounters(services.metrics().bytes("up"), services.metrics().bytes("down"));
    Console ready =
        grant.spec().console() == ConsoleKind.VNC
            ? new VncConsole(
                open.tunnel(),
                open.rest(),
                browser,
                greeting,
                policy,
                counters,
                services.times(),
                this)
            : new TerminalConsole(
                open.tunnel(), open.rest(), browser, policy, counters, services.times(), this);
    console = ready;
    browser.control(ControlMessages.ready(open.tunnel().guest().name()));
    idle.start();
    ready.start();
    record.connected(open.tunnel().guest());
  }

  @Override
  public void failed(ProxmoxFailure failure) {
    if (closed) {
      return;
    }
    record.failed(failure);
    if (failure.reason() == FailureReason.TargetChanged) {
      end(TerminationReason.TargetChanged);
      return;
    }
    if (failure.reason() == FailureReason.TargetStopped && record.stoppedTooLong(grant)) {
      end(TerminationReason.TargetStopped);
      return;
    }
    close(CloseCode.of(failure.reason()), failure.reason().name());
  }

  @Override
  public void unreachable(String reason) {
    close(CloseCode.UPSTREAM_LOST, reason);
  }

  @Override
  public void lost() {
    if (!closed) {
      upstream.explainLoss();
    }
  }

  /** A new version of the grant; two that come at once may come in the wrong order. */
  public void changed(Grant now) {
    if (closed || !now.uid().equals(grant.uid()) || !now.isNewerThan(grant)) {
      return;
    }
    grant = now;
    if (now.status().ended() != null) {
      close(CloseCode.of(now.status().ended().reason()), now.status().ended().reason().name());
    } else if (now.over(services.clock().instant()).isPresent()) {
      end(now.over(services.clock().instant()).get());
    } else if (arrived && now.viewer().filter(v -> !v.id().equals(id)).isPresent()) {
      takenOver();
    } else {
      apply(Policy.of(now));
    }
  }

  private void apply(Policy now) {
    if (now.equals(policy)) {
      return;
    }
    policy = now;
    expiry.at(policy.expires());
    idle.limit(now.idleTimeout());
    Console open = console;
    if (open != null) {
      open.policy(now);
    }
    browser.control(ControlMessages.policy(now, services.clock().instant()));
  }

  /** The grant was deleted. */
  public void removed(TerminationReason reason) {
    close(CloseCode.of(reason), reason.name());
  }

  /** A newer tab shows the session now. */
  private void takenOver() {
    close(CloseCode.TAKEN_OVER, "TakenOver");
  }

  /** Ends the session for good. */
  public void end(TerminationReason reason) {
    if (!closed) {
      record.end(reason);
      close(CloseCode.of(reason), reason.name());
    }
  }

  /** Closes both legs, once. */
  public void close(CloseCode code, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    ticker.cancel();
    expiry.cancel();
    idle.stop();
    upstream.abandon();
    Console open = console;
    if (open != null) {
      open.close();
    }
    browser.close(code.code(), reason);
    onClosed.run();
    if (code != CloseCode.TAKEN_OVER) {
      leave(code);
    }
    services.metrics().closed(code.code(), reason);
    announce();
    services.audit().closed(grant, id, address, code.code(), reason);
  }

  /** Where a guest is not shared, others wait for the place. */
  private void leave(CloseCode code) {
    if (code == CloseCode.DONE && grant.spec().guestSharing() != GuestSharing.Refuse) {
      services.departures().later(record::leave);
    } else {
      record.leave();
    }
  }

  /** One by one: a periodic timer would catch up on what it missed in a pause of the process. */
  private void startTicker() {
    ticker.set(services.times().tick(), this::tick);
  }

  private void tick() {
    Console open = console;
    if (open != null) {
      open.tick();
    }
    if (!closed) {
      startTicker();
    }
  }

  @Override
  public void input() {
    idle.touch();
  }

  @Override
  public void fail(CloseCode code, String reason) {
    close(code, reason);
  }

  @Override
  public void warn(Duration left) {
    browser.control(ControlMessages.idle(left));
  }

  @Override
  public void active() {
    browser.control(ControlMessages.active());
  }

  @Override
  public void timeout() {
    end(TerminationReason.IdleTimeout);
  }
}
