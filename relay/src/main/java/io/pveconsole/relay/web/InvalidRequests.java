// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what is no HTTP, or too long, before any router sees it; the connection ends with it. */
final class InvalidRequests implements Handler<HttpServerRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(InvalidRequests.class);

  @Override
  public void handle(HttpServerRequest request) {
    Problem problem = problem(request.decoderResult().cause());
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Connection", "close")
        .end(problem.toJson())
        .onComplete((done, failure) -> request.connection().close().onFailure(this::notClosed));
  }

  private void notClosed(Throwable thrown) {
    LOG.atDebug().addKeyValue("error", thrown.toString()).log("not closed");
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? Problem.HEADERS_TOO_LARGE
        : Problem.BAD_REQUEST;
  }
}
