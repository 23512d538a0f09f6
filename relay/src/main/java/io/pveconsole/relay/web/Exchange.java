// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to the public port, with the face it is judged by. */
record Exchange(HttpServerRequest request, PublicFace face) {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int MAX_BODY = 4096;

  String address() {
    return ClientAddress.of(
        request.remoteAddress().hostAddress(),
        request.headers().getAll("X-Forwarded-For"),
        face.trustedProxies());
  }

  List<String> cookies() {
    return request.headers().getAll(HttpHeaders.COOKIE);
  }

  boolean isRead() {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /** Whether the request comes from the host's own origin, by all that a browser says. */
  boolean isSameOrigin() {
    List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
    String site = request.getHeader("Sec-Fetch-Site");
    return origins.size() == 1
        && origins.getFirst().equals(face.origin().text())
        && (site == null || site.equals("same-origin"));
  }

  boolean isJson() {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  /** The body of at most 4 KiB. */
  Future<JsonObject> body() {
    Promise<JsonObject> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() > MAX_BODY) {
            promise.tryFail(new ProblemException(Problem.TOO_LARGE));
          } else {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(promise::tryFail);
    request.endHandler(v -> parse(body, promise));
    return promise.future();
  }

  private static void parse(Buffer body, Promise<JsonObject> promise) {
    try {
      promise.tryComplete(body.length() == 0 ? new JsonObject() : new JsonObject(body));
    } catch (DecodeException | ClassCastException e) {
      promise.tryFail(new ProblemException(Problem.BAD_REQUEST));
    }
  }

  HttpServerResponse response(int status) {
    HttpServerResponse response = request.response().setStatusCode(status);
    face.headers().forEach(response::putHeader);
    return response;
  }

  void send(HttpServerResponse response, Buffer body) {
    Future<Void> sent =
        request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    sent.onFailure(
        thrown -> LOG.atDebug().addKeyValue("error", thrown.toString()).log("answer not sent"));
  }

  /** Answers without a body and sets cookies. */
  void noContent(List<String> cookies) {
    HttpServerResponse response = response(204).putHeader("Cache-Control", "no-store");
    cookies.forEach(cookie -> response.headers().add("Set-Cookie", cookie));
    send(response, Buffer.buffer());
  }

  void json(JsonObject body) {
    send(
        response(200)
            .putHeader("Content-Type", "application/json")
            .putHeader("Cache-Control", "no-store"),
        body.toBuffer());
  }

  void refuse(Problem problem) {
    HttpServerResponse response =
        response(problem.status())
            .putHeader("Content-Type", Problem.MEDIA_TYPE)
            .putHeader("Cache-Control", "no-store");
    if (problem.status() == 429 || problem.status() == 503) {
      response.putHeader("Retry-After", "2");
    }
    if (problem.status() == 413) {
      response.putHeader("Connection", "close");
    }
    send(response, Buffer.buffer(problem.toJson()));
  }

  /** The only place where a failure becomes an answer. */
  void refuse(Throwable thrown) {
    if (thrown instanceof ProblemException known) {
      refuse(known.problem());
      return;
    }
    LOG.atWarn().addKeyValue("error", thrown.getClass().getName()).log("a request failed");
    refuse(Problem.UNAVAILABLE);
  }
}
