// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public port on several event loops, with the certificate that is mounted. While there is none
 * that can be used, the port stays closed and the relay not ready: a process that ended itself
 * would say no more than this does, and would have to be started again once the certificate is
 * there.
 */
public final class PublicPort {

  private static final Logger LOG = LoggerFactory.getLogger(PublicPort.class);
  private static final int MAX_LOOPS = 4;

  private final Vertx vertx;
  private final RelayConfig config;
  private final TlsEngine engine;
  private final Connections connections;
  private final HostView host;
  private final Clock clock;
  private final List<PublicServer> servers = new CopyOnWriteArrayList<>();
  private final Promise<Void> opened = Promise.promise();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Optional<X509Certificate> shown = Optional.empty();
  private @Nullable Handler<HttpServerRequest> router;

  public PublicPort(
      Vertx vertx,
      RelayConfig config,
      TlsEngine engine,
      Connections connections,
      HostView host,
      Clock clock) {
    this.vertx = vertx;
    this.config = config;
    this.engine = engine;
    this.connections = connections;
    this.host = host;
    this.clock = clock;
    host.listen(changed -> advise());
  }

  /**
   * Opens it, or waits with that until there is a certificate that can be used; blocks shortly.
   *
   * @return when it is open
   */
  public synchronized Future<Void> open(Handler<HttpServerRequest> handler) {
    router = handler;
    reload();
    return opened.future();
  }

  /** Takes the certificate from the mount, at first or again; blocks. */
  public synchronized void reload() {
    Handler<HttpServerRequest> handler = router;
    if (handler == null) {
      return;
    }
    try {
      Optional<TlsFiles.Loaded> loaded = config.tlsDir().map(dir -> new TlsFiles(dir).read());
      Optional<ServerSSLOptions> tls = loaded.map(TlsFiles.Loaded::options);
      trouble = Optional.empty();
      shown = loaded.map(TlsFiles.Loaded::leaf);
      advise();
      if (servers.isEmpty()) {
        deploy(tls, handler);
      } else {
        tls.ifPresent(options -> servers.forEach(server -> update(server, options)));
      }
    } catch (CertificateException e) {
      trouble = Optional.of(e.text());
      LOG.atError()
          .addKeyValue("cure", e.text())
          .log(
              servers.isEmpty()
                  ? "the public port stays closed: its certificate cannot be used"
                  : "the new certificate cannot be used: the one before is shown on");
    }
  }

  private void advise() {
    shown
        .map(leaf -> CertificateAdvice.of(leaf, publicHost(), clock.instant()))
        .ifPresent(
            advice ->
                advice.forEach(
                    text -> LOG.atWarn().addKeyValue("cure", text).log("look at the certificate")));
  }

  /** Behind a route, the route's own certificate is what browsers see. */
  private Optional<String> publicHost() {
    return host.get()
        .map(found -> found.getSpec().exposure())
        .filter(exposure -> exposure.type() == ExposureType.None && exposure.origin() != null)
        .map(exposure -> URI.create(exposure.origin()).getHost());
  }

  /** When the certificate that is shown ends; empty without TLS. */
  public Optional<Instant> certificateEnds() {
    return shown.map(leaf -> leaf.getNotAfter().toInstant());
  }

  private void deploy(Optional<ServerSSLOptions> tls, Handler<HttpServerRequest> handler) {
    int loops = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
    int instances = config.publicPort() == 0 ? 1 : loops;
    Future<String> open = Future.succeededFuture("");
    for (int i = 0; i < instances; i++) {
      PublicServer server =
          new PublicServer(config.bind(), config.publicPort(), tls, engine, handler, connections);
      servers.add(server);
      open = open.compose(id -> vertx.deployVerticle(server, new DeploymentOptions()));
    }
    open.<Void>mapEmpty().onComplete(opened);
  }

  private static void update(PublicServer server, ServerSSLOptions options) {
    server
        .update(options)
        .onSuccess(done -> LOG.info("certificate loaded"))
        .onFailure(
            e -> LOG.atWarn().addKeyValue("error", e.toString()).log("certificate not loaded"));
  }

  /** Why it is not open, with the cure; empty while it is. */
  public Optional<String> obstacle() {
    return servers.isEmpty() ? trouble : Optional.empty();
  }

  /**
   * What is wrong with the certificate that is mounted, with the cure; the one before may be shown
   * on.
   */
  public Optional<String> certificateTrouble() {
    return trouble;
  }

  /** The number of the port. */
  public int number() {
    return servers.isEmpty() ? config.publicPort() : servers.getFirst().port();
  }
}
