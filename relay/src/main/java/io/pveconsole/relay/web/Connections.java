// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that take too long for a request, or that are too many. An idle time alone
 * would not do: who sends a byte now and then is never idle. Safe from any thread.
 */
public final class Connections {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Vertx vertx;
  private final ConnectionLimits limits;

  /** The timer of each; the one that has waited longest comes first. */
  private final Map<HttpConnection, Long> timers = new LinkedHashMap<>();

  public Connections(Vertx vertx) {
    this(vertx, ConnectionLimits.DEFAULT);
  }

  Connections(Vertx vertx, ConnectionLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** A connection is there, after TLS. */
  void opened(HttpConnection connection) {
    connection.closeHandler(v -> forget(connection));
    allow(connection, limits.head());
    closeOldest();
  }

  /** The head of a request has come. */
  void asked(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (isKnown(connection)) {
      allow(connection, limits.request());
      request.response().endHandler(v -> answered(connection));
    }
  }

  private void answered(HttpConnection connection) {
    if (isKnown(connection)) {
      allow(connection, limits.idle());
    }
  }

  /** It has become a console, which has clocks of its own. */
  void upgraded(HttpConnection connection) {
    forget(connection);
  }

  ConnectionLimits limits() {
    return limits;
  }

  /** How many are open that are no consoles. */
  public int size() {
    synchronized (timers) {
      return timers.size();
    }
  }

  private boolean isKnown(HttpConnection connection) {
    synchronized (timers) {
      return timers.containsKey(connection);
    }
  }

  private void allow(HttpConnection connection, Duration time) {
    forget(connection);
    synchronized (timers) {
      timers.put(connection, vertx.setTimer(time.toMillis(), id -> close(connection)));
    }
  }

  private void forget(HttpConnection connection) {
    Long timer;
    synchronized (timers) {
      timer = timers.remove(connection);
    }
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void closeOldest() {
    HttpConnection oldest;
    synchronized (timers) {
      if (timers.size() <= limits.waiting()) {
        return;
      }
      oldest = timers.keySet().iterator().next();
    }
    close(oldest);
  }

  private void close(HttpConnection connection) {
    forget(connection);
    connection
        .close()
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("not closed"));
  }
}
