// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The connection for a console's WebSocket: that of the calls before it where Proxmox keeps it,
 * else one of its own, made while Proxmox still opens the console's port. pveproxy closes a silent
 * connection after 5 s, so one that has waited long is replaced. Belongs to one event loop.
 */
final class ConsoleConnection {

  private static final Duration FRESH = Duration.ofSeconds(3);

  private final Dialer dialer;
  private final ApiSession session;
  private final Duration limit;
  private final Clock clock;
  private final @Nullable Future<HttpClientConnection> own;
  private Instant madeAt;
  private boolean gone;
  private boolean kept;

  /**
   * Begins to connect at once where it needs to.
   *
   * @param mayKeep whether the session's connection will do
   */
  ConsoleConnection(
      Dialer dialer, ApiSession session, Duration limit, Clock clock, boolean mayKeep) {
    this.dialer = dialer;
    this.session = session;
    this.limit = limit;
    this.clock = clock;
    this.madeAt = clock.instant();
    this.own = mayKeep && session.isKept() ? null : dial().onSuccess(this::made);
  }

  private Future<HttpClientConnection> dial() {
    return dialer.connect(session.peer(), limit);
  }

  private void made(HttpClientConnection connection) {
    madeAt = clock.instant();
    connection.closeHandler(v -> gone = true);
  }

  /** The connection, or another one where it did not come about or is not fresh any more. */
  Future<HttpClientConnection> take() {
    return own == null ? takeKept() : takeOwn(own);
  }

  private Future<HttpClientConnection> takeKept() {
    return session
        .release()
        .map(
            connection -> {
              kept = true;
              return Future.succeededFuture(connection);
            })
        .orElseGet(this::dial);
  }

  private Future<HttpClientConnection> takeOwn(Future<HttpClientConnection> waiting) {
    return waiting.transform(
        (connection, failure) -> {
          boolean fresh = Duration.between(madeAt, clock.instant()).compareTo(FRESH) < 0;
          if (failure == null && fresh && !gone) {
            return Future.succeededFuture(connection);
          }
          drop();
          return dial();
        });
  }

  /** Whether what was taken had calls before, so that its end may have been under way already. */
  boolean isKept() {
    return kept;
  }

  /** Closes it when it is not needed. */
  void drop() {
    if (own != null) {
      own.onSuccess(HttpClientConnection::close);
    }
  }
}
