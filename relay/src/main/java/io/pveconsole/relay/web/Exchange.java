// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.web.security.Claims;
import io.pveconsole.relay.web.security.Problem;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * One request to the public port for a session, with the face it is judged by.
 *
 * @param client where the browser is
 */
record Exchange(RoutingContext context, PublicFace face, ClientAddress client) {

  /** The name of the path's part that says which session. */
  static final String SESSION = "session";

  static Exchange of(RoutingContext context, PublicFace face) {
    HttpServerRequest request = context.request();
    return new Exchange(
        context,
        face,
        ClientAddress.of(
            request.remoteAddress().hostAddress(),
            request.headers().getAll("X-Forwarded-For"),
            face.trustedProxies()));
  }

  HttpServerRequest request() {
    return context.request();
  }

  String session() {
    return context.pathParam(SESSION);
  }

  String address() {
    return client.text();
  }

  /** What the cookies prove for this session, if anything. */
  Optional<Claims> claims(SessionCookies cookies, TokenPurpose purpose) {
    return cookies
        .read(face.origin(), purpose, request().headers().getAll(HttpHeaders.COOKIE))
        .filter(claims -> claims.session().equals(session()));
  }

  /** Whether the request comes from the host's own origin, by all that a browser says. */
  boolean isSameOrigin() {
    List<String> origins = request().headers().getAll(HttpHeaders.ORIGIN);
    List<String> sites = request().headers().getAll("Sec-Fetch-Site");
    return origins.size() == 1
        && origins.getFirst().equals(face.origin().text())
        && sites.stream().allMatch("same-origin"::equals);
  }

  /** Whether a browser asks ahead of its user. */
  boolean isAhead() {
    return request().headers().contains("Sec-Purpose") || request().headers().contains("Purpose");
  }

  boolean isJson() {
    String type = request().getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  /** The body as an object; an empty body is an empty one. */
  JsonObject body() {
    Buffer body = context.body().buffer();
    try {
      return body == null || body.length() == 0 ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new ProblemException(Problem.BAD_REQUEST);
    }
  }

  void setCookies(List<String> cookies) {
    cookies.forEach(cookie -> context.response().headers().add("Set-Cookie", cookie));
  }

  /** Answers without a body. */
  Future<Void> noContent() {
    return context.response().setStatusCode(204).putHeader("Cache-Control", "no-store").end();
  }

  Future<Void> json(JsonObject body) {
    return context
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toBuffer());
  }
}
