// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.front.ConsoleFront;
import io.pveconsole.relay.grants.Contact;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.ProxmoxAccess;
import io.pveconsole.relay.kubernetes.ApiServerAccess;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.relay.web.Connections;
import io.pveconsole.relay.web.PublicServer;
import io.pveconsole.relay.web.security.CookieKey;
import io.pveconsole.relay.web.security.KeyRing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.helpers.NOPLogger;

/**
 * A second front of consoles beside the real one: the same code, but its own keys, grants, host and
 * metrics, on loopback ports, in front of the stand-in. Nothing of it is seen outside.
 */
final class Loopback {

  private static final Duration FILES = Duration.ofSeconds(2);
  private static final int KEY_BYTES = 32;

  private final Vertx vertx;
  private final WarmupGrants grants;
  private final Connections connections;
  private final StandIns standIns;
  private final List<String> deployments = new ArrayList<>();
  private final List<WarmupBrowser> browsers = new ArrayList<>();
  private final AtomicInteger rounds = new AtomicInteger();

  /** What the consoles are opened against. */
  private record StandIns(HttpServer proxmox, HttpServer api) {}

  private Loopback(Vertx vertx, WarmupGrants grants, Connections connections, StandIns standIns) {
    this.vertx = vertx;
    this.grants = grants;
    this.connections = connections;
    this.standIns = standIns;
  }

  /**
   * Opens it.
   *
   * @param ports how many public ports, each on an event loop of its own
   */
  static Future<Loopback> open(
      Vertx vertx, Blocking blocking, Path tmpDir, Warmup.Way way, int ports) {
    LoopbackCertificate certificate = LoopbackCertificate.make(Instant.now());
    StandInApi api = new StandInApi();
    return api.listen(vertx)
        .compose(
            listening ->
                StandInProxmox.listen(vertx, certificate, way.engine())
                    .map(proxmox -> new StandIns(proxmox, listening)))
        .compose(
            standIns -> {
              HostView view = new HostView();
              view.set(WarmupHost.of(standIns.proxmox().actualPort(), certificate.fingerprint()));
              GrantRegistry registry = new GrantRegistry();
              WarmupGrants grants = new WarmupGrants(api, registry);
              Connections connections = new Connections(vertx);
              Loopback loopback = new Loopback(vertx, grants, connections, standIns);
              GrantStore store = store(vertx, way.engine(), standIns.api().actualPort());
              return access(vertx, blocking, tmpDir, view, way)
                  .map(
                      access ->
                          front(vertx, blocking, view, registry, store, access, connections, way))
                  .compose(
                      front ->
                          loopback.listen(
                              front,
                              way.tls() ? Optional.of(certificate) : Optional.empty(),
                              way.engine(),
                              ports))
                  .onFailure(thrown -> loopback.close())
                  .map(loopback);
            });
  }

  private static GrantStore store(Vertx vertx, TlsEngine engine, int port) {
    ServerClock clock = new ServerClock(Clock.systemUTC(), System::nanoTime);
    return new ApiServerAccess(vertx, engine, clock, WarmupHost.NAME, WarmupHost.NAME)
        .onLoopback(port);
  }

  private static Future<ProxmoxAccess> access(
      Vertx vertx, Blocking blocking, Path tmpDir, HostView view, Warmup.Way way) {
    return blocking.call(
        FILES,
        () -> {
          Path directory = Files.createTempDirectory(tmpDir, "warm-up");
          Path id = directory.resolve("tokenId");
          Path secret = directory.resolve("tokenSecret");
          try {
            Files.writeString(id, "warm@pve!up");
            Files.writeString(secret, "warm-up");
            ProxmoxAccess access =
                new ProxmoxAccess(
                    vertx, directory, Optional.empty(), Clock.systemUTC(), way.engine());
            access.apply(view.get().orElseThrow());
            return access;
          } finally {
            Files.deleteIfExists(id);
            Files.deleteIfExists(secret);
            Files.deleteIfExists(directory);
          }
        });
  }

  private static ConsoleFront front(
      Vertx vertx,
      Blocking blocking,
      HostView view,
      GrantRegistry registry,
      GrantStore grants,
      ProxmoxAccess access,
      Connections connections,
      Warmup.Way way) {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    KeyRing keys = new KeyRing(null, CookieKey.of(WarmupHost.NAME, key, Instant.EPOCH), null);
    return new ConsoleFront(
        new ConsoleFront.Base(
            vertx,
            Clock.systemUTC(),
            WarmupHost.NAME,
            view,
            registry,
            grants,
            blocking,
            access,
            new Audit(WarmupHost.NAME, NOPLogger.NOP_LOGGER),
            new RelayMetrics(WarmupHost.NAME, WarmupHost.NAME),
            way.times(),
            Room.ofThisProcess(),
            connections,
            () -> keys,
            () -> Contact.PROVEN));
  }

  private Future<Void> listen(
      ConsoleFront front, Optional<LoopbackCertificate> certificate, TlsEngine engine, int ports) {
    Optional<ServerSSLOptions> tls =
        certificate.map(
            given -> {
              ServerSSLOptions options = new ServerSSLOptions();
              options.setKeyCertOptions(given.forServer());
              return options;
            });
    Future<Void> listening = Future.succeededFuture();
    for (int i = 0; i < ports; i++) {
      PublicServer server =
          new PublicServer("127.0.0.1", 0, tls, engine, front.router(), connections);
      listening =
          listening
              .compose(v -> vertx.deployVerticle(server))
              .onSuccess(deployments::add)
              .onSuccess(
                  id -> browsers.add(new WarmupBrowser(vertx, server.port(), certificate, engine)))
              .mapEmpty();
    }
    return listening;
  }

  /** One console, from its link to its end. */
  Future<Void> round() {
    int number = rounds.getAndIncrement();
    String session = "warm-" + number;
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    int vmid = StandInGuests.FIRST_VMID + number % StandInGuests.COUNT;
    grants.add(session, vmid, secret, Instant.now());
    return browsers
        .get(number % browsers.size())
        .open(session, secret)
        .onComplete((done, failure) -> grants.remove(session));
  }

  Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>();
    deployments.forEach(id -> closing.add(vertx.undeploy(id)));
    browsers.forEach(browser -> closing.add(browser.close()));
    closing.add(standIns.proxmox().close());
    closing.add(standIns.api().close());
    return Future.join(closing).mapEmpty();
  }
}
