// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The connection for a console's WebSocket, made while Proxmox still opens the console's port.
 * pveproxy closes a silent connection after 5 s, so one that has waited long is replaced. Belongs
 * to one event loop.
 */
final class SpareConnection {

  private static final Duration FRESH = Duration.ofSeconds(3);

  private final Dialer dialer;
  private final Peer peer;
  private final Duration limit;
  private final Clock clock;
  private final Future<HttpClientConnection> made;
  private Instant madeAt;
  private boolean gone;

  /** Begins to connect at once. */
  SpareConnection(Dialer dialer, Peer peer, Duration limit, Clock clock) {
    this.dialer = dialer;
    this.peer = peer;
    this.limit = limit;
    this.clock = clock;
    this.madeAt = clock.instant();
    this.made =
        dialer
            .connect(peer, limit)
            .onSuccess(
                connection -> {
                  madeAt = clock.instant();
                  connection.closeHandler(v -> gone = true);
                });
  }

  /** The connection, or another one where it did not come about or is not fresh any more. */
  Future<HttpClientConnection> take() {
    return made.transform(
        (connection, failure) -> {
          boolean fresh = Duration.between(madeAt, clock.instant()).compareTo(FRESH) < 0;
          if (failure == null && fresh && !gone) {
            return Future.succeededFuture(connection);
          }
          drop();
          return dialer.connect(peer, limit);
        });
  }

  /** Closes it when it is not needed. */
  void drop() {
    made.onSuccess(HttpClientConnection::close);
  }
}
