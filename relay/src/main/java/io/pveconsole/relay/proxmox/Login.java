// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Knows how to be someone towards Proxmox. Safe for use from any event loop. */
interface Login {

  static Login of(Vertx vertx, Credentials credentials, Clock clock) {
    return switch (credentials) {
      case Credentials.ApiToken token -> new TokenLogin(token);
      case Credentials.UserPassword user -> new TicketLogin(vertx, user, clock);
    };
  }

  /** A valid authorization, got over the given connection if need be. */
  Future<Authorization> authorization(ApiConnection connection);

  /**
   * Told of a 401.
   *
   * @return whether a new authorization may do better
   */
  boolean refused(Authorization authorization);
}
