// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.audit.EndAudit;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.drain.Drain;
import io.pveconsole.relay.files.DirectoryPoller;
import io.pveconsole.relay.grants.EndConfirmer;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.grants.ProofOfLife;
import io.pveconsole.relay.host.HostReporter;
import io.pveconsole.relay.host.HostStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.ProxmoxAccess;
import io.pveconsole.relay.management.ManagementServer;
import io.pveconsole.relay.management.Readiness;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.session.Admission;
import io.pveconsole.relay.session.ApiFailures;
import io.pveconsole.relay.session.Redeemer;
import io.pveconsole.relay.session.SessionEnder;
import io.pveconsole.relay.viewer.CloseCode;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.ViewerServices;
import io.pveconsole.relay.viewer.Viewers;
import io.pveconsole.relay.web.Connections;
import io.pveconsole.relay.web.Doorkeeper;
import io.pveconsole.relay.web.PublicPort;
import io.pveconsole.relay.web.RequestRouter;
import io.pveconsole.relay.web.SessionCalls;
import io.pveconsole.relay.web.UpgradeCall;
import io.pveconsole.relay.web.security.KeyFiles;
import io.pveconsole.relay.web.security.KeyRing;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenSealer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one relay, put together. */
public final class Relay {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final Duration FILES = Duration.ofSeconds(10);
  private static final Duration LOST_SPREAD = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final RelayConfig config;
  private final Stores stores;
  private final KeyFiles keyFiles;
  private final Context home;
  private final Readiness readiness;
  private final ProofOfLife proof;
  private final HostReporter reporter;
  private final ProxmoxAccess access;
  private final Viewers viewers;
  private final RelayMetrics metrics;
  private final RequestRouter router;
  private final PublicPort publicPort;
  private volatile KeyRing keys;

  /**
   * What stands between the relay and the API server.
   *
   * @param restartWatches begins the watches anew; may block
   */
  public record Stores(
      HostStore hosts,
      GrantStore grants,
      HostView view,
      GrantRegistry registry,
      Blocking blocking,
      Runnable restartWatches) {}

  /**
   * What a test may want otherwise than production has it.
   *
   * @param engine encrypts both legs
   */
  public record Tuning(TlsEngine engine, ConsoleTimes times) {

    /** As in production. */
    public static Tuning standard() {
      return new Tuning(TlsEngine.best(), ConsoleTimes.standard());
    }
  }

  /** Puts everything together; reads the cookie keys, without which nothing can begin. */
  public Relay(Vertx vertx, RelayConfig config, Stores stores, Clock clock, Tuning tuning)
      throws IOException {
    this.vertx = vertx;
    this.config = config;
    this.stores = stores;
    this.home = vertx.getOrCreateContext();
    this.keyFiles = new KeyFiles(config.keysDir());
    this.keys = keyFiles.read();
    this.metrics = new RelayMetrics(config.hostNamespace(), config.hostName());
    this.access =
        new ProxmoxAccess(vertx, config.credentialsDir(), config.caDir(), clock, tuning.engine());
    GrantRegistry registry = stores.registry();
    GrantWriter writer = new GrantWriter(stores.grants(), registry);
    Audit audit = new Audit(config.hostName());
    this.viewers =
        new Viewers(
            new ViewerServices(
                vertx,
                clock,
                config.podName(),
                stores.grants(),
                registry,
                writer,
                stores.view(),
                access,
                audit,
                metrics,
                tuning.times()),
            new SecureRandom());
    registry.listen(viewers);
    registry.listen(new EndConfirmer(writer, config.podName(), clock));
    registry.listen(new EndAudit(audit, config.podName(), clock));
    this.proof =
        new ProofOfLife(
            vertx,
            stores.hosts(),
            stores.view(),
            stores.grants(),
            registry,
            System::nanoTime,
            new Lost());
    this.readiness = new Readiness(proof::isSynced);
    ApiFailures failures = new ApiFailures(clock);
    Admission admission = new Admission(stores.grants(), registry, stores.view(), clock, failures);
    Doorkeeper door =
        new Doorkeeper(
            new SessionCookies(new TokenSealer(() -> keys, clock), clock),
            metrics,
            System::nanoTime);
    Connections connections = new Connections(vertx);
    metrics.gauge("connections.waiting", connections::size);
    this.publicPort =
        new PublicPort(vertx, config, tuning.engine(), connections, stores.view(), clock);
    metrics.gauge(
        "certificate.end.seconds",
        () -> publicPort.certificateEnds().map(Instant::getEpochSecond).orElse(0L));
    this.router =
        new RequestRouter(
            vertx,
            stores.view(),
            stores.blocking(),
            new SessionCalls(
                door,
                new Redeemer(stores.grants(), registry, audit, config.podName(), clock, failures),
                admission,
                new SessionEnder(writer, registry, config.podName(), clock, failures),
                metrics,
                clock),
            new UpgradeCall(
                vertx,
                door,
                admission,
                new UpgradeCall.Sessions(registry, viewers, proof, audit),
                tuning.times(),
                connections),
            metrics);
    this.reporter =
        new HostReporter(
            vertx, stores.view(), stores.hosts(), access, config.podName(), () -> keys.newestKid());
    metrics.gauge("viewers", viewers::size);
  }

  private final class Lost implements ProofOfLife.Events {
    @Override
    public void lost() {
      viewers.closeAll(CloseCode.CONTROL_PLANE_LOST, "ControlPlaneLost", LOST_SPREAD);
    }

    @Override
    public void watchSilent() {
      LOG.warn("the watch brought nothing new for a while: it begins anew");
      inBackground(stores.restartWatches());
    }
  }

  /** Opens the ports and begins to follow the API server. */
  public Future<Relay> start() throws IOException {
    stores.view().listen(this::hostChanged);
    Future<?> open = publicPort.open(router);
    Future<HttpServer> management =
        new ManagementServer(vertx, this::obstacle, metrics)
            .listen(config.managementPort(), config.bind());
    home.runOnContext(
        v -> {
          proof.start();
          reporter.start();
        });
    inBackground(stores.restartWatches());
    watchFiles();
    return Future.all(management, open)
        .map(
            all -> {
              readiness.listening();
              LOG.atInfo()
                  .addKeyValue("port", publicPort())
                  .addKeyValue("tls", config.tlsDir().isPresent())
                  .log("relay started");
              return this;
            });
  }

  private Optional<String> obstacle() {
    return readiness.obstacle().map(reason -> publicPort.obstacle().orElse(reason));
  }

  private void hostChanged(Optional<ProxmoxHost> host) {
    if (host.isEmpty()) {
      viewers.closeAll(CloseCode.HOST_DELETED, "HostDeleted", Duration.ZERO);
      return;
    }
    inBackground(() -> configure(host.get()));
  }

  private void configure(ProxmoxHost host) {
    access.apply(host);
    home.runOnContext(v -> reporter.configured());
  }

  private void watchFiles() {
    DirectoryPoller poller = new DirectoryPoller(vertx, stores.blocking());
    List<Path> proxmox = new ArrayList<>(List.of(config.credentialsDir()));
    config.caDir().ifPresent(proxmox::add);
    poller.watch(proxmox, () -> stores.view().get().ifPresent(this::configure));
    poller.watch(List.of(config.keysDir()), this::reloadKeys);
    config.tlsDir().ifPresent(directory -> poller.watch(List.of(directory), publicPort::reload));
  }

  private void reloadKeys() {
    try {
      keys = keyFiles.read();
      LOG.atInfo().addKeyValue("kid", keys.newestKid()).log("cookie keys loaded");
      home.runOnContext(v -> reporter.configured());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void inBackground(Runnable work) {
    stores
        .blocking()
        .call(
            FILES,
            () -> {
              work.run();
              return true;
            })
        .onFailure(e -> LOG.atWarn().addKeyValue("error", e.toString()).log("background work"));
  }

  /** The public port. */
  public int publicPort() {
    return publicPort.number();
  }

  /** Whether it is ready for connections. */
  public boolean isReady() {
    return readiness.obstacle().isEmpty();
  }

  /** Closes all consoles over the host's drain time; blocks until that is done. */
  public void drain() throws InterruptedException {
    int seconds = stores.view().get().map(host -> host.getSpec().relay().drainSeconds()).orElse(0);
    new Drain(readiness, viewers).run(Duration.ofSeconds(seconds));
  }
}
