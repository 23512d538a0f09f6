// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.api.v1alpha1.host.KeyRef;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.grants.MemoryGrantStore;
import io.pveconsole.relay.grants.ProofOfLife;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.Hosts;
import io.pveconsole.relay.host.MemoryHostStore;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.SimulatorConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A whole relay on free ports, with a simulated Proxmox and grants in memory. */
public final class RunningRelay implements AutoCloseable {

  public static final String SESSION = "11111111-2222-3333-4444-555555555555";

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  public final Vertx vertx;
  public final ProxmoxSimulator simulator;
  public final MemoryGrantStore grants;
  public final MemoryHostStore hosts;
  public final HostView view = new HostView();
  public final Relay relay;
  public final Path directory;

  /** Vert.x closes the sockets of a client that nobody holds any more. */
  private final List<Browser> browsers = new java.util.concurrent.CopyOnWriteArrayList<>();

  private final int port;
  private final int managementPort;

  private final boolean tls;
  private final String podName;
  private final boolean owner;

  /**
   * What may be otherwise than usual.
   *
   * @param endpoints in place of the simulator's; empty for those
   * @param tls whether the relay serves TLS itself, by the certificate in {@code tls}
   */
  public record Setup(
      SimulatorConfig simulator,
      Relay.Tuning tuning,
      List<HostEndpoint> endpoints,
      List<String> fingerprints,
      boolean tls) {

    public static Setup usual() {
      return new Setup(
          SimulatorConfig.defaults(), Relay.Tuning.standard(), List.of(), List.of(), false);
    }

    public Setup with(ConsoleTimes times) {
      return new Setup(
          simulator, new Relay.Tuning(tuning.engine(), times), endpoints, fingerprints, tls);
    }

    public Setup with(Room room) {
      Relay.Tuning narrow =
          new Relay.Tuning(tuning.engine(), tuning.times(), ProofOfLife.Timing.PRODUCTION, room);
      return new Setup(simulator, narrow, endpoints, fingerprints, tls);
    }

    public Setup with(SimulatorConfig other) {
      return new Setup(other, tuning, endpoints, fingerprints, tls);
    }

    /** Another Proxmox, pinned by its certificate. */
    public Setup at(String url, String fingerprint) {
      return new Setup(
          simulator, tuning, List.of(new HostEndpoint(url, null, null)), List.of(fingerprint), tls);
    }

    /** TLS on both legs. */
    public Setup encrypted(TlsEngine engine) {
      return new Setup(
          simulator, new Relay.Tuning(engine, tuning.times()), endpoints, fingerprints, true);
    }
  }

  /** Starts everything; credentials are there unless taken away. */
  public RunningRelay(Path directory, boolean credentials) {
    this(directory, credentials, Setup.usual());
  }

  /** Starts everything in another way. */
  public RunningRelay(Path directory, boolean credentials, Setup setup) {
    this(directory, credentials, setup, null, "pve7-relay-1", Clock.systemUTC());
  }

  /** Another replica beside the first, with the same Proxmox and the same grants. */
  public static RunningRelay beside(RunningRelay first, Path directory, Clock clock) {
    return new RunningRelay(directory, true, Setup.usual(), first, "pve7-relay-2", clock);
  }

  private RunningRelay(
      Path directory,
      boolean credentials,
      Setup setup,
      @Nullable RunningRelay first,
      String podName,
      Clock clock) {
    this.directory = directory;
    this.tls = setup.tls();
    this.podName = podName;
    this.owner = first == null;
    this.vertx = first == null ? Vertx.vertx() : first.vertx;
    this.grants = first == null ? new MemoryGrantStore(vertx) : first.grants;
    this.simulator = first == null ? ProxmoxSimulator.start(setup.simulator()) : first.simulator;
    try {
      FreePorts ports = FreePorts.find();
      port = ports.open();
      managementPort = ports.management();
      Files.createDirectories(directory.resolve("keys"));
      Files.createDirectories(directory.resolve("credentials"));
      Files.createDirectories(directory.resolve("ca"));
      Files.writeString(directory.resolve("ca").resolve("ca.crt"), simulator.caPem());
      key("current", "k1", 1);
      if (credentials) {
        writeCredentials();
      }
      hosts =
          new MemoryHostStore(
              Hosts.of(
                  origin(),
                  setup.endpoints().isEmpty()
                      ? simulator.endpoints().stream()
                          .map(endpoint -> new HostEndpoint(endpoint.url(), null, null))
                          .toList()
                      : setup.endpoints(),
                  setup.endpoints().isEmpty()
                      ? new HostTls(new KeyRef("ca", "ca.crt"), null, null)
                      : new HostTls(null, setup.fingerprints(), null)));
      GrantRegistry registry = new GrantRegistry();
      grants.watchInto(registry);
      relay =
          new Relay(
              vertx,
              config(directory, podName, port, managementPort, tls),
              new Relay.Stores(
                  hosts,
                  grants,
                  view,
                  registry,
                  new Blocking(vertx, 32, Duration.ofSeconds(10)),
                  () -> {}),
              clock,
              setup.tuning());
      Futures.value(relay.start());
      Awaitility.await("ready").until(relay::isReady);
      Awaitility.await("the first look at the host").until(() -> !hosts.reports().isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RelayConfig config(
      Path directory, String podName, int port, int managementPort, boolean tls) {
    Map<String, String> environment = new java.util.HashMap<>();
    if (tls) {
      environment.put("PVECONSOLE_TLS_DIR", directory.resolve("tls").toString());
    }
    environment.putAll(
        Map.of(
            "PVECONSOLE_HOST_NAME",
            "pve7",
            "PVECONSOLE_HOST_NAMESPACE",
            "consoles",
            "PVECONSOLE_POD_NAME",
            podName,
            "PVECONSOLE_BIND",
            "127.0.0.1",
            "PVECONSOLE_PUBLIC_PORT",
            String.valueOf(port),
            "PVECONSOLE_MANAGEMENT_PORT",
            String.valueOf(managementPort),
            "PVECONSOLE_WARMUP_ROUNDS",
            "0",
            "PVECONSOLE_CREDENTIALS_DIR",
            directory.resolve("credentials").toString(),
            "PVECONSOLE_KEYS_DIR",
            directory.resolve("keys").toString()));
    environment.put("PVECONSOLE_CA_DIR", directory.resolve("ca").toString());
    return RelayConfig.from(environment);
  }

  /** Writes one slot of the keys. */
  public void key(String slot, String kid, int fill) throws IOException {
    key(directory, slot, kid, fill);
  }

  static void key(Path directory, String slot, String kid, int fill) throws IOException {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    Files.writeString(
        directory.resolve("keys").resolve(slot),
        new JsonObject()
            .put("kid", kid)
            .put("key", Base64.getEncoder().encodeToString(key))
            .put("notBefore", "2026-01-01T00:00:00Z")
            .encode());
  }

  /** Puts the simulator's token where the Secret would be mounted. */
  public void writeCredentials() throws IOException {
    Path credentials = directory.resolve("credentials");
    Files.writeString(credentials.resolve("tokenId"), simulator.tokenId());
    Files.writeString(credentials.resolve("tokenSecret"), simulator.tokenSecret());
  }

  /** A grant for a virtual machine that runs. */
  public Grant grant() {
    return grants.put(Grants.fresh(SESSION, Instant.now()));
  }

  /** A browser that has used the link of {@link #grant()}. */
  public Browser signedIn() {
    Browser browser = browser();
    browser.redeem(Grants.SECRET, Grants.NONCE);
    return browser;
  }

  /** A browser without cookies. */
  public Browser browser() {
    return browser(SESSION);
  }

  /** A browser without cookies on the page of another session. */
  public Browser browser(String session) {
    Browser browser = new Browser(vertx, port, "/pve7/c/" + session);
    browsers.add(browser);
    return browser;
  }

  /** Patches the host's exposure, as the watch would bring it. */
  public void exposure(UnaryOperator<Exposure> change) {
    ProxmoxHost host = Hosts.exposed(view.get().orElseThrow(), change);
    hosts.set(host);
    view.set(host);
  }

  /** The public origin, also of other replicas. */
  public String origin() {
    return (tls ? "https" : "http") + "://localhost:" + port;
  }

  public int port() {
    return port;
  }

  public int managementPort() {
    return managementPort;
  }

  /** What the guest shows, as text. */
  public String screen(int vmid) {
    return simulator.screenText(vmid);
  }

  public List<String> openConsoles() {
    return simulator.consoles().stream().map(Object::toString).toList();
  }

  /** Ends everything; of a replica beside another one, that one does. */
  @Override
  public void close() {
    if (owner) {
      Futures.value(vertx.close());
      simulator.close();
    }
  }
}
