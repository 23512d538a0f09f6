// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public port on several event loops, with the certificate that is mounted. */
public final class PublicPort {

  private static final Logger LOG = LoggerFactory.getLogger(PublicPort.class);
  private static final int MAX_LOOPS = 4;

  private final Vertx vertx;
  private final RelayConfig config;
  private final TlsEngine engine;
  private final List<PublicServer> servers = new ArrayList<>();

  public PublicPort(Vertx vertx, RelayConfig config, TlsEngine engine) {
    this.vertx = vertx;
    this.config = config;
    this.engine = engine;
  }

  /**
   * Opens it.
   *
   * @throws IOException when TLS is wanted and the certificate cannot be used
   */
  public Future<?> open(Handler<HttpServerRequest> router) throws IOException {
    Optional<ServerSSLOptions> tls = tls();
    int loops = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
    int instances = config.publicPort() == 0 ? 1 : loops;
    Future<String> open = Future.succeededFuture("");
    for (int i = 0; i < instances; i++) {
      PublicServer server =
          new PublicServer(config.bind(), config.publicPort(), tls, engine, router);
      servers.add(server);
      open = open.compose(id -> vertx.deployVerticle(server, new DeploymentOptions()));
    }
    return open;
  }

  private Optional<ServerSSLOptions> tls() throws IOException {
    Optional<Path> directory = config.tlsDir();
    return directory.isPresent()
        ? Optional.of(new TlsFiles(directory.get()).read())
        : Optional.empty();
  }

  /** Takes the certificate from the mount again; blocks. */
  public void reload() {
    try {
      tls().ifPresent(options -> servers.forEach(server -> update(server, options)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void update(PublicServer server, ServerSSLOptions options) {
    server
        .update(options)
        .onSuccess(done -> LOG.info("certificate loaded"))
        .onFailure(
            e -> LOG.atWarn().addKeyValue("error", e.toString()).log("certificate not loaded"));
  }

  /** The number of the port. */
  public int number() {
    return servers.getFirst().port();
  }
}
