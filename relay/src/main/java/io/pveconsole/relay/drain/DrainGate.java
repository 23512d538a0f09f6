// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.drain;

import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the public port while the relay stops: no console begins any more, and proxies let
 * go of their connections. All else is still answered, since a Service needs a moment until it
 * leads elsewhere.
 */
public final class DrainGate implements Handler<HttpServerRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(DrainGate.class);

  private final BooleanSupplier stopping;
  private final Handler<HttpServerRequest> next;

  public DrainGate(BooleanSupplier stopping, Handler<HttpServerRequest> next) {
    this.stopping = stopping;
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (!stopping.getAsBoolean()) {
      next.handle(request);
      return;
    }
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    if (request.canUpgradeToWebSocket()) {
      refuse(request);
    } else {
      next.handle(request);
    }
  }

  private static void refuse(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(Problem.UNAVAILABLE.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.RETRY_AFTER, "1")
        .end(Problem.UNAVAILABLE.toJson())
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("answer not sent"));
  }
}
