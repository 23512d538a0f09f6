// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.metrics.RelayMetrics;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Leads each request of the public port to what answers it, in step with the host. */
public final class RequestRouter implements Handler<HttpServerRequest> {

  private static final int MAX_BODY = 4096;
  private static final String EXCHANGE = "exchange";
  private static final String SESSION = "/c/(?<" + Exchange.SESSION + ">[0-9A-Za-z-]{1,63})";
  private static final String ASSET =
      "/(?<file>assets/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*)";

  private final Vertx vertx;
  private final PageHandler page;
  private final SessionCalls calls;
  private final UpgradeCall upgrades;
  private final ForwardedHeaders forwarded;
  private volatile Optional<Router> router = Optional.empty();

  public RequestRouter(
      Vertx vertx,
      HostView view,
      Blocking blocking,
      SessionCalls calls,
      UpgradeCall upgrades,
      RelayMetrics metrics) {
    this.vertx = vertx;
    this.page = new PageHandler(new PageFiles(blocking));
    this.calls = calls;
    this.upgrades = upgrades;
    this.forwarded = new ForwardedHeaders(metrics);
    configure(view.get());
    view.listen(this::configure);
  }

  private void configure(Optional<ProxmoxHost> host) {
    router = host.flatMap(PublicFace::of).map(this::routes);
    forwarded.sayAgain();
  }

  @Override
  public void handle(HttpServerRequest request) {
    router.ifPresentOrElse(
        present -> present.handle(request),
        () -> ProblemHandler.send(request.response(), Problem.UNAVAILABLE));
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
        .handler(context -> enter(context, face))
        .handler(check(e -> e.request().canUpgradeToWebSocket(), Problem.BAD_REQUEST))
        .handler(check(Exchange::isSameOrigin, Problem.WRONG_ORIGIN))
        .handler(context -> upgrades.answer(context.get(EXCHANGE)));
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
    String pattern = prefix + SESSION + "/" + name;
    route(routes, pattern)
        .method(HttpMethod.POST)
        .handler(context -> enter(context, face))
        .handler(check(Exchange::isSameOrigin, Problem.WRONG_ORIGIN))
        .handler(check(Exchange::isJson, Problem.MEDIA_TYPE_NOT_SUPPORTED));
    // A route of its own: Vert.x wants a body read before all else that a route does.
    route(routes, pattern)
        .method(HttpMethod.POST)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
        .handler(context -> answer.accept(context.get(EXCHANGE)));
  }

  private void enter(RoutingContext context, PublicFace face) {
    Exchange exchange = Exchange.of(context, face);
    forwarded.seen(exchange.client());
    context.put(EXCHANGE, exchange).next();
  }

  private static Handler<RoutingContext> check(Predicate<Exchange> holds, Problem otherwise) {
    return context -> {
      if (holds.test(context.get(EXCHANGE))) {
        context.next();
      } else {
        context.fail(new ProblemException(otherwise));
      }
    };
  }
}
