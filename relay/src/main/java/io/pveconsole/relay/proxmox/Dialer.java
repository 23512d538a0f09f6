// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.relay.proxmox.transport.KeptConnection;
import io.pveconsole.relay.proxmox.transport.WatchedAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections, one at a time and none for stock: pveproxy closes idle ones after 5 s, so each
 * open keeps its own. Follows no redirects and takes no proxy from anywhere.
 */
final class Dialer {

  private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

  private static final int MAX_ADDRESSES = 4;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final Vertx vertx;
  private final NameResolver resolver;
  private final HttpClientAgent agent;
  private final AtomicInteger tunnels = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private volatile boolean closing;

  Dialer(Vertx vertx, NameResolver resolver, TlsEngine engine) {
    this.vertx = vertx;
    this.resolver = resolver;
    this.agent =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_1_1)
                    .setUseAlpn(false)
                    .setDecompressionSupported(false)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true))
            .with(engine.options())
            .with(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"))
            .build();
  }

  /** The addresses of an endpoint, in the order in which they are to be tried. */
  Future<List<InetAddress>> resolve(ProxmoxEndpoint endpoint, Duration limit) {
    Future<List<InetAddress>> found =
        resolver
            .resolve(endpoint.host())
            .map(all -> all.subList(0, Math.min(all.size(), MAX_ADDRESSES)))
            .recover(e -> Failures.future(new ConnectFailure.NameNotFound(endpoint.host())));
    return Deadline.within(vertx, limit, Step.DNS, found, late -> {});
  }

  /** Connects TCP and TLS. The connection belongs to the event loop of the caller. */
  Future<HttpClientConnection> connect(Peer peer, Duration limit) {
    return connect(peer, limit, () -> {});
  }

  /** The same, telling of the steps TCP and TLS. */
  Future<HttpClientConnection> connect(Peer peer, Duration limit, Steps steps) {
    ConnectSteps told = new ConnectSteps(steps);
    Context caller = vertx.getOrCreateContext();
    return connect(peer, limit, () -> caller.runOnContext(v -> told.accepted()))
        .onSuccess(connection -> told.made())
        .onFailure(thrown -> told.failed(Failures.of(Step.TCP, thrown)));
  }

  private Future<HttpClientConnection> connect(Peer peer, Duration limit, Runnable accepted) {
    HttpConnectOptions options =
        new HttpConnectOptions()
            .setServer(new WatchedAddress(peer.socketAddress(), accepted))
            .setHost(peer.tlsName())
            .setPort(peer.endpoint().port())
            .setSsl(true)
            .setSslOptions(peer.tls())
            .setConnectTimeout(limit.toMillis());
    Future<HttpClientConnection> connection =
        agent
            .connect(options)
            .onSuccess(Dialer::prepare)
            .recover(e -> Failures.future(ConnectFailures.of(peer, limit, e)));
    return Deadline.within(vertx, limit, Step.TLS, connection, late -> late.close());
  }

  private static void prepare(HttpClientConnection made) {
    KeptConnection.of(made);
    made.exceptionHandler(Dialer::lost);
  }

  /** Whoever waits on the connection fails too; without a handler Vert.x calls it an error. */
  private static void lost(Throwable thrown) {
    LOG.debug("Connection to Proxmox ended: {}", thrown.getClass().getSimpleName());
  }

  /** A tunnel stands on a connection of this dialer. */
  void opened() {
    tunnels.incrementAndGet();
  }

  void closed() {
    if (tunnels.decrementAndGet() == 0 && closing) {
      agent.close().onComplete((v, failure) -> idle.tryComplete());
    }
  }

  /** Closes all connections once no tunnel is left. */
  Future<Void> closeWhenIdle() {
    closing = true;
    if (tunnels.get() == 0) {
      agent.close().onComplete((v, failure) -> idle.tryComplete());
    }
    return idle.future();
  }
}
