// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.drain.Drain;
import io.pveconsole.relay.drain.DrainGate;
import io.pveconsole.relay.files.DirectoryPoller;
import io.pveconsole.relay.front.ConsoleFront;
import io.pveconsole.relay.front.CookieKeys;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.GrantWatch;
import io.pveconsole.relay.grants.ProofOfLife;
import io.pveconsole.relay.host.HostReporter;
import io.pveconsole.relay.host.HostStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.ProxmoxAccess;
import io.pveconsole.relay.management.ManagementServer;
import io.pveconsole.relay.management.Readiness;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.viewer.CloseCode;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.relay.warmup.HeapTrim;
import io.pveconsole.relay.warmup.Warmup;
import io.pveconsole.relay.web.Connections;
import io.pveconsole.relay.web.PublicPort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
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
  private final CookieKeys keys;
  private final Context home;
  private final Readiness readiness;
  private final ProofOfLife proof;
  private final HostReporter reporter;
  private final ProxmoxAccess access;
  private final RelayMetrics metrics;
  private final ConsoleFront front;
  private final PublicPort publicPort;
  private final Warmup warmup;

  /** What stands between the relay and the API server. */
  public record Stores(
      HostStore hosts,
      GrantStore grants,
      HostView view,
      GrantRegistry registry,
      Blocking blocking,
      GrantWatch watch) {}

  /**
   * What a test may want otherwise than production has it.
   *
   * @param engine encrypts both legs
   * @param room for consoles
   */
  public record Tuning(TlsEngine engine, ConsoleTimes times, ProofOfLife.Timing pace, Room room) {

    public Tuning(TlsEngine engine, ConsoleTimes times) {
      this(engine, times, ProofOfLife.Timing.PRODUCTION, Room.ofThisProcess());
    }

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
    this.metrics = new RelayMetrics(config.hostNamespace(), config.hostName());
    Connections connections = new Connections(vertx);
    this.publicPort =
        new PublicPort(vertx, config, tuning.engine(), connections, stores.view(), clock);
    this.keys = new CookieKeys(config.keysDir(), metrics);
    this.access =
        new ProxmoxAccess(vertx, config.credentialsDir(), config.caDir(), clock, tuning.engine());
    this.proof =
        new ProofOfLife(
            vertx,
            new ProofOfLife.Sources(stores.hosts(), stores.view(), stores.grants()),
            stores.registry(),
            stores.watch(),
            System::nanoTime,
            tuning.pace(),
            new Lost());
    this.readiness = new Readiness(proof::isSynced);
    this.front =
        new ConsoleFront(
            new ConsoleFront.Base(
                vertx,
                clock,
                config.podName(),
                stores.view(),
                stores.registry(),
                stores.grants(),
                stores.blocking(),
                access,
                new Audit(config.hostName()),
                metrics,
                tuning.times(),
                tuning.room(),
                connections,
                keys::ring,
                () -> proof.contact()));
    this.reporter =
        new HostReporter(
            vertx,
            stores.view(),
            stores.hosts(),
            access,
            config.podName(),
            keys::newestKid,
            publicPort::certificateTrouble);
    this.warmup =
        new Warmup(
            vertx,
            stores.blocking(),
            config.tmpDir(),
            new Warmup.Way(tuning.engine(), tuning.times(), config.tlsDir().isPresent()),
            config.warmupLimit());
    metrics.gauge("connections.waiting", "Connections that are no consoles", connections::size);
    metrics.gauge("viewers", "Consoles that are open", front.viewers()::size);
    metrics.gauge("viewers.limit", "Consoles that may be open at once", front.viewers()::limit);
    metrics.gauge(
        "api.proof.age.seconds",
        "How long ago the API server last answered the relay's own read",
        () -> proof.age().toMillis() / 1000.0);
  }

  private final class Lost implements ProofOfLife.Events {
    @Override
    public void lost() {
      front.viewers().closeAll(CloseCode.CONTROL_PLANE_LOST, "ControlPlaneLost", LOST_SPREAD);
    }

    @Override
    public void watchSilent() {
      LOG.warn("the watch does not bring what is there: it begins anew");
      inBackground(stores.watch()::restart);
    }
  }

  /** Opens the ports and begins to follow the API server. */
  public Future<Relay> start() throws IOException {
    vertx.exceptionHandler(this::unhandled);
    stores.view().listen(this::hostChanged);
    Future<?> open = publicPort.open(new DrainGate(readiness::isStopping, front.router()));
    Future<?> management =
        new ManagementServer(vertx, this::obstacle, metrics::scrape)
            .listen(config.managementPort(), config.bind());
    home.runOnContext(
        v -> {
          proof.start();
          reporter.start();
        });
    inBackground(stores.watch()::restart);
    watchFiles();
    warmup
        .run(config.warmupRounds())
        .compose(
            rounds ->
                rounds == 0
                    ? Future.succeededFuture()
                    : stores.blocking().call(FILES, Executors.callable(HeapTrim::run)))
        .onComplete((done, failure) -> readiness.warm());
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

  private void unhandled(Throwable thrown) {
    metrics.unhandledError();
    LOG.atError().setCause(thrown).log("unhandled error");
  }

  private void hostChanged(Optional<ProxmoxHost> host) {
    if (host.isEmpty()) {
      front.viewers().closeAll(CloseCode.HOST_DELETED, "HostDeleted", Duration.ZERO);
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
    config.tlsDir().ifPresent(directory -> poller.watch(List.of(directory), this::reloadTls));
    inBackground(this::measureCertificate);
  }

  private void reloadKeys() {
    keys.reload();
    home.runOnContext(v -> reporter.configured());
  }

  private void reloadTls() {
    publicPort.reload();
    measureCertificate();
    home.runOnContext(v -> reporter.configured());
  }

  private void measureCertificate() {
    publicPort.certificateEnds().ifPresent(metrics::certificateEnds);
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

  /** What it counts. */
  public RelayMetrics metrics() {
    return metrics;
  }

  /** Whether it is ready for connections. */
  public boolean isReady() {
    return readiness.obstacle().isEmpty();
  }

  /** How long a drain takes at most, by the host's wish. */
  public Duration drainTime() {
    return Duration.ofSeconds(
        stores.view().get().map(host -> host.getSpec().relay().drainSeconds()).orElse(0));
  }

  /** Closes all consoles over the host's drain time. */
  public Future<Void> drain() {
    return drain(drainTime());
  }

  /** Closes all consoles over a time. */
  public Future<Void> drain(Duration spread) {
    return new Drain(readiness, front.viewers(), front.writer()).run(spread);
  }
}
