// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.web.PageFiles.PageFile;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Leads each request of the public port to what answers it. */
public final class RequestRouter implements Handler<HttpServerRequest> {

  private static final double REDEEMS_PER_SECOND = 2;
  private static final double REDEEM_BURST = 20;
  private static final double CALLS_PER_SECOND = 200;
  private static final double CALL_BURST = 1000;

  private final PublicFaces faces;
  private final PageFiles files;
  private final SessionCalls calls;
  private final UpgradeCall upgrades;
  private final RateLimits redeems;
  private final RateLimits all;

  public RequestRouter(
      HostView view,
      Blocking blocking,
      SessionCalls calls,
      UpgradeCall upgrades,
      LongSupplier nanoTime) {
    this.faces = new PublicFaces(view);
    this.files = new PageFiles(blocking);
    this.calls = calls;
    this.upgrades = upgrades;
    this.redeems = new RateLimits(REDEEMS_PER_SECOND, REDEEM_BURST, nanoTime);
    this.all = new RateLimits(CALLS_PER_SECOND, CALL_BURST, nanoTime);
  }

  @Override
  public void handle(HttpServerRequest request) {
    Optional<PublicFace> face = faces.current();
    if (face.isEmpty()) {
      request.response().setStatusCode(503).putHeader("Retry-After", "2").end();
      return;
    }
    Exchange exchange = new Exchange(request, face.get());
    String path = request.path() == null ? "" : request.path();
    Route.of(face.get().origin().pathPrefix(), path)
        .ifPresentOrElse(route -> route(exchange, route), () -> exchange.refuse(Problem.NOT_FOUND));
  }

  private void route(Exchange exchange, Route route) {
    switch (route) {
      case Route.Page page -> file(exchange, "index.html");
      case Route.Asset asset -> file(exchange, "assets/" + asset.file());
      case Route.Call call -> call(exchange, call);
      case Route.Socket socket -> socket(exchange, socket);
    }
  }

  private void file(Exchange exchange, String name) {
    if (!exchange.isRead()) {
      exchange.refuse(Problem.METHOD_NOT_ALLOWED);
      return;
    }
    files
        .get(name)
        .onSuccess(
            file ->
                file.ifPresentOrElse(
                    found -> send(exchange, found), () -> exchange.refuse(Problem.NOT_FOUND)))
        .onFailure(exchange::refuse);
  }

  private static void send(Exchange exchange, PageFile file) {
    HttpServerRequest request = exchange.request();
    boolean same = file.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH));
    HttpServerResponse response =
        exchange
            .response(same ? 304 : 200)
            .putHeader("ETag", file.tag())
            .putHeader("Cache-Control", "no-cache")
            .putHeader("Vary", "Accept-Encoding");
    if (same) {
      exchange.send(response, Buffer.buffer());
      return;
    }
    response.putHeader("Content-Type", file.type());
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = accepted != null && accepted.contains("gzip") && file.gzip().length() > 0;
    if (gzip) {
      response.putHeader("Content-Encoding", "gzip");
    }
    Buffer body = gzip ? file.gzip() : file.content();
    response.putHeader("Content-Length", String.valueOf(body.length()));
    exchange.send(response, body);
  }

  private void call(Exchange exchange, Route.Call call) {
    if (!exchange.request().method().equals(HttpMethod.POST)) {
      exchange.refuse(Problem.METHOD_NOT_ALLOWED);
    } else if (!exchange.isSameOrigin()) {
      exchange.refuse(Problem.WRONG_ORIGIN);
    } else if (!exchange.isJson()) {
      exchange.refuse(Problem.MEDIA_TYPE_NOT_SUPPORTED);
    } else if (!all.allow("")
        || (call.action() == Route.Action.redeem
            && !redeems.allow(call.session() + "/" + exchange.address()))) {
      exchange.refuse(Problem.TOO_MANY_REQUESTS);
    } else {
      calls.answer(exchange, call.session(), call.action());
    }
  }

  private void socket(Exchange exchange, Route.Socket socket) {
    if (!exchange.request().canUpgradeToWebSocket()) {
      exchange.refuse(Problem.BAD_REQUEST);
    } else if (!exchange.isSameOrigin()) {
      exchange.refuse(Problem.WRONG_ORIGIN);
    } else if (!all.allow("")) {
      exchange.refuse(Problem.TOO_MANY_REQUESTS);
    } else {
      upgrades.answer(exchange, socket.session());
    }
  }
}
