// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.session.ProblemException;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Leads each request of the public port to what answers it, in step with the host. */
public final class RequestRouter implements Handler<HttpServerRequest> {

  private static final double REDEEMS_PER_SECOND = 2;
  private static final double REDEEM_BURST = 20;
  private static final double CALLS_PER_SECOND = 200;
  private static final double CALL_BURST = 1000;
  private static final int MAX_BODY = 4096;
  private static final String SESSION = "/c/(?<" + Exchange.SESSION + ">[0-9A-Za-z-]{1,63})";
  private static final String ASSET =
      "/(?<file>assets/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)";

  private final Vertx vertx;
  private final PageHandler page;
  private final SessionCalls calls;
  private final UpgradeCall upgrades;
  private final RateLimits redeems;
  private final RateLimits all;
  private volatile Optional<Router> router = Optional.empty();

  public RequestRouter(
      Vertx vertx,
      HostView view,
      Blocking blocking,
      SessionCalls calls,
      UpgradeCall upgrades,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.page = new PageHandler(new PageFiles(blocking));
    this.calls = calls;
    this.upgrades = upgrades;
    this.redeems = new RateLimits(REDEEMS_PER_SECOND, REDEEM_BURST, nanoTime);
    this.all = new RateLimits(CALLS_PER_SECOND, CALL_BURST, nanoTime);
    configure(view.get());
    view.listen(this::configure);
  }

  private void configure(Optional<ProxmoxHost> host) {
    router = host.flatMap(PublicFace::of).map(this::routes);
  }

  @Override
  public void handle(HttpServerRequest request) {
    router.ifPresentOrElse(
        present -> present.handle(request),
        () -> request.response().setStatusCode(503).putHeader("Retry-After", "2").end());
  }

  private Router routes(PublicFace face) {
    String prefix = Pattern.quote(face.origin().pathPrefix());
    Router routes = Router.router(vertx);
    Handler<RoutingContext> headers =
        context -> face.headers().forEach(context.response()::putHeader);
    Handler<RoutingContext> problems = new ProblemHandler();
    Handler<RoutingContext> failed =
        context -> {
          headers.handle(context);
          problems.handle(context);
        };
    List.of(400, 404, 405).forEach(status -> routes.errorHandler(status, failed));
    routes
        .route()
        .handler(
            context -> {
              headers.handle(context);
              context.next();
            })
        .failureHandler(failed);

    read(routes, prefix + SESSION).handler(context -> page.send(context, "index.html"));
    read(routes, prefix + ASSET).handler(context -> page.send(context, context.pathParam("file")));
    call(routes, prefix, face, "state", calls::state);
    call(routes, prefix, face, "redeem", calls::redeem);
    call(routes, prefix, face, "refresh", calls::refresh);
    call(routes, prefix, face, "end", calls::end);
    route(routes, prefix + SESSION + "/ws")
        .handler(check(face, e -> e.request().canUpgradeToWebSocket(), Problem.BAD_REQUEST))
        .handler(check(face, Exchange::isSameOrigin, Problem.WRONG_ORIGIN))
        .handler(check(face, e -> all.allow(""), Problem.TOO_MANY_REQUESTS))
        .handler(context -> upgrades.answer(new Exchange(context, face)));
    return routes;
  }

  /** The path as it was sent: no two ways of writing lead to one file or session. */
  private static Route route(Router routes, String pattern) {
    return routes.routeWithRegex(pattern).useNormalizedPath(false);
  }

  private static Route read(Router routes, String pattern) {
    return route(routes, pattern).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private void call(
      Router routes, String prefix, PublicFace face, String name, Consumer<Exchange> answer) {
    Predicate<Exchange> allowed =
        exchange ->
            all.allow("")
                && (!name.equals("redeem")
                    || redeems.allow(exchange.session() + "/" + exchange.address()));
    String pattern = prefix + SESSION + "/" + name;
    route(routes, pattern)
        .method(HttpMethod.POST)
        .handler(check(face, Exchange::isSameOrigin, Problem.WRONG_ORIGIN))
        .handler(check(face, Exchange::isJson, Problem.MEDIA_TYPE_NOT_SUPPORTED))
        .handler(check(face, allowed, Problem.TOO_MANY_REQUESTS));
    // A route of its own: Vert.x wants a body read before all else that a route does.
    route(routes, pattern)
        .method(HttpMethod.POST)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
        .handler(context -> answer.accept(new Exchange(context, face)));
  }

  private static Handler<RoutingContext> check(
      PublicFace face, Predicate<Exchange> holds, Problem otherwise) {
    return context -> {
      if (holds.test(new Exchange(context, face))) {
        context.next();
      } else {
        context.fail(new ProblemException(otherwise));
      }
    };
  }
}
