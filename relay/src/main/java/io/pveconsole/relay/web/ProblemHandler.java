// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place where a failure becomes an answer. */
final class ProblemHandler implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten() || response.closed()) {
      return;
    }
    send(response, problem(context));
  }

  /** Answers with a problem; nothing was sent before. */
  static void send(HttpServerResponse response, Problem problem) {
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store");
    if (problem.status() == 429 || problem.status() == 503) {
      response.putHeader("Retry-After", "2");
    }
    if (problem.status() == 413) {
      response.putHeader("Connection", "close");
    }
    response
        .end(problem.toJson())
        .onFailure(
            thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("answer not sent"));
  }

  private static Problem problem(RoutingContext context) {
    Throwable thrown = context.failure();
    if (thrown instanceof ProblemException known) {
      return known.problem();
    }
    int status = thrown instanceof HttpException http ? http.getStatusCode() : context.statusCode();
    return switch (status) {
      case 400 -> Problem.BAD_REQUEST;
      case 404 -> Problem.NOT_FOUND;
      case 405 -> Problem.METHOD_NOT_ALLOWED;
      case 413 -> Problem.TOO_LARGE;
      default -> {
        LOG.atWarn()
            .addKeyValue("status", status)
            .addKeyValue("error", thrown == null ? "none" : thrown.getClass().getName())
            .log("a request failed");
        yield Problem.UNAVAILABLE;
      }
    };
  }
}
