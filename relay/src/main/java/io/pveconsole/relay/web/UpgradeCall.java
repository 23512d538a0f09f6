// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.grants.Contact;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.session.Admission;
import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.viewer.CloseCode;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.relay.viewer.Viewers;
import io.pveconsole.relay.web.security.Claims;
import io.pveconsole.relay.web.security.Problem;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a browser's WebSocket in and gives it a viewer. */
public final class UpgradeCall {

  static final String SUBPROTOCOL = "pveconsole.v1";
  static final String PLAIN_SUBPROTOCOL = "binary";
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeCall.class);

  private final Vertx vertx;
  private final Doorkeeper door;
  private final Admission admission;
  private final Sessions sessions;
  private final ConsoleTimes times;
  private final Room room;
  private final Connections connections;

  /**
   * What is known of sessions here, and where it is written who was not let in.
   *
   * @param contact how the API server answers
   */
  public record Sessions(
      GrantRegistry registry, Viewers viewers, Supplier<Contact> contact, Audit audit) {}

  public UpgradeCall(
      Vertx vertx,
      Doorkeeper door,
      Admission admission,
      Sessions sessions,
      ConsoleTimes times,
      Room room,
      Connections connections) {
    this.vertx = vertx;
    this.door = door;
    this.admission = admission;
    this.sessions = sessions;
    this.times = times;
    this.room = room;
    this.connections = connections;
  }

  /** Upgrades, or refuses before the upgrade. The origin was checked. */
  void answer(Exchange exchange) {
    exchange.request().pause();
    door.holder(exchange, TokenPurpose.ACCESS)
        .compose(claims -> admit(exchange, claims))
        .onSuccess(grant -> upgrade(exchange, grant))
        .onFailure(
            thrown -> {
              exchange.request().resume();
              door.refused(exchange, thrown);
              exchange.context().fail(thrown);
            });
  }

  private Future<Grant> admit(Exchange exchange, Claims claims) {
    return admit(claims).onFailure(thrown -> audit(exchange, thrown));
  }

  /**
   * What is known here is enough while the API server answers: the viewer's first write fails
   * unless this is the newest version of its grant, and until it is done Proxmox is asked for no
   * console.
   */
  private Future<Grant> admit(Claims claims) {
    return switch (sessions.contact().get()) {
      case PROVEN -> admission.known(claims);
      case SILENT -> admission.live(claims);
      case LOST -> Future.failedFuture(new ProblemException(Problem.UNAVAILABLE));
    };
  }

  private void audit(Exchange exchange, Throwable thrown) {
    if (thrown instanceof ProblemException refusal) {
      sessions
          .audit()
          .refused(
              exchange.session(),
              sessions.registry().find(exchange.session()),
              exchange.address(),
              refusal.problem().code());
    }
  }

  private void upgrade(Exchange exchange, Grant grant) {
    exchange
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> {
              HttpConnection connection = exchange.request().connection();
              connections.upgraded(connection);
              sessions
                  .viewers()
                  .begin(
                      grant,
                      exchange.address(),
                      new WebSocketBrowser(vertx, connection, socket, times, room));
              closeWhereLost(grant);
            })
        .onFailure(
            thrown -> LOG.atInfo().addKeyValue("error", thrown.toString()).log("upgrade failed"));
  }

  /** A console that was let in while the grace ended was not there yet when all were closed. */
  private void closeWhereLost(Grant grant) {
    if (sessions.contact().get() == Contact.LOST) {
      sessions
          .viewers()
          .find(grant.name())
          .ifPresent(viewer -> viewer.close(CloseCode.CONTROL_PLANE_LOST, "ControlPlaneLost"));
    }
  }
}
