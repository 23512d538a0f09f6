// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.relay.api.TcpProxy;
import io.pveconsole.relay.api.TinyApi;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.config.RelayConfig;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWatch;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.grants.ProofOfLife;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.Hosts;
import io.pveconsole.relay.kubernetes.ApiServerAccess;
import io.pveconsole.relay.kubernetes.KubernetesConnection;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.simulator.Endpoint;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.SimulatorConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What a relay with its real client of the API server needs, behind a network that can fail. */
final class ApiRelay implements AutoCloseable {

  static final String SESSION = "11111111-2222-3333-4444-555555555555";
  static final ProofOfLife.Timing PACE =
      new ProofOfLife.Timing(
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofMillis(300));

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  final Vertx vertx = Vertx.vertx();
  final TinyApi api = new TinyApi(vertx);
  final TcpProxy network = new TcpProxy(vertx, api.port());
  final ProxmoxSimulator simulator = ProxmoxSimulator.start(SimulatorConfig.defaults());
  final Map<String, String> environment = new TreeMap<>();
  final int port;
  final int managementPort;
  private final Path directory;

  /** Vert.x closes the sockets of a client that nobody holds any more. */
  private final List<Browser> browsers = new CopyOnWriteArrayList<>();

  /** One that signs in with a name and a password goes all ways of the Kubernetes client. */
  @Nullable String user;

  private KubernetesClient client;
  private GrantWatch watches;

  ApiRelay(Path directory, int drainSeconds, int graceSeconds) throws IOException {
    this.directory = directory;
    FreePorts ports = FreePorts.find();
    this.port = ports.open();
    this.managementPort = ports.management();
    Files.createDirectories(directory.resolve("keys"));
    Files.createDirectories(directory.resolve("credentials"));
    Files.writeString(
        directory.resolve("keys/current"),
        new JsonObject()
            .put("kid", "k1")
            .put("key", Base64.getEncoder().encodeToString(new byte[32]))
            .put("notBefore", "2026-01-01T00:00:00Z")
            .encode());
    Files.writeString(directory.resolve("credentials/tokenId"), simulator.tokenId());
    Files.writeString(directory.resolve("credentials/tokenSecret"), simulator.tokenSecret());
    environment.put("PVECONSOLE_HOST_NAME", "pve7");
    environment.put("PVECONSOLE_HOST_NAMESPACE", "consoles");
    environment.put("PVECONSOLE_POD_NAME", "pve7-relay-1");
    environment.put("PVECONSOLE_BIND", "127.0.0.1");
    environment.put("PVECONSOLE_PUBLIC_PORT", String.valueOf(port));
    environment.put("PVECONSOLE_MANAGEMENT_PORT", String.valueOf(managementPort));
    environment.put("PVECONSOLE_WARMUP_ROUNDS", "0");
    environment.put("PVECONSOLE_CREDENTIALS_DIR", directory.resolve("credentials").toString());
    environment.put("PVECONSOLE_KEYS_DIR", directory.resolve("keys").toString());
    api.put(host());
    api.edit(
        "proxmoxhosts",
        "pve7",
        new JsonObject()
            .put("sessionPolicy", new JsonObject().put("controlPlaneGraceSeconds", graceSeconds))
            .put("relay", new JsonObject().put("drainSeconds", drainSeconds)));
  }

  private ProxmoxHost host() {
    return Hosts.of(
        "http://localhost:" + port,
        simulator.endpoints().stream()
            .map(endpoint -> new HostEndpoint(endpoint.url(), null, null))
            .toList(),
        new HostTls(
            null, simulator.endpoints().stream().map(Endpoint::fingerprint).toList(), null));
  }

  /** The address of the API server, through the network that can fail. */
  String apiUrl() {
    return "http://127.0.0.1:" + network.port();
  }

  /** Starts a relay in this process. */
  Relay start(Clock own) throws IOException {
    ServerClock clock = new ServerClock(own, System::nanoTime);
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(apiUrl()).withUsername(user).build();
    client = KubernetesConnection.open(config, clock);
    GrantRegistry registry = new GrantRegistry();
    HostView view = new HostView();
    ApiServerAccess access =
        new ApiServerAccess(vertx, TlsEngine.best(), clock, "consoles", "pve7");
    watches = access.watch(client, registry, view);
    Blocking blocking = new Blocking(vertx, 32, Duration.ofSeconds(10));
    Relay relay =
        new Relay(
            vertx,
            RelayConfig.from(environment),
            new Relay.Stores(
                access.host(client, blocking),
                access.grants(client, blocking, blocking),
                view,
                registry,
                blocking,
                watches),
            clock,
            new Relay.Tuning(
                TlsEngine.best(), ConsoleTimes.standard(), PACE, Room.ofThisProcess()));
    Futures.value(relay.start());
    Awaitility.await("ready").until(relay::isReady);
    Awaitility.await("the first look at the host").until(() -> !api.hostReports().isEmpty());
    return relay;
  }

  GrantWatch watches() {
    return watches;
  }

  /** A file by which a process finds the API server. */
  Path kubeconfig() throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s"}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: "nobody"}}]
        current-context: c
        """
            .formatted(apiUrl()));
    return file;
  }

  /** A fresh session whose link is used. */
  Browser signedIn(String session) {
    api.put(Grants.fresh(session, Instant.now()));
    Browser browser = browser(session);
    int status = browser.redeem(Grants.SECRET, Grants.NONCE).status();
    if (status != 204) {
      throw new AssertionError("redeem: " + status);
    }
    return browser;
  }

  Browser browser(String session) {
    Browser browser = new Browser(vertx, port, "/pve7/c/" + session);
    browsers.add(browser);
    return browser;
  }

  /** What the session's grant says under that field of its status. */
  JsonObject status(String session, String field) {
    return api.get("consolegrants", session)
        .getJsonObject("status", new JsonObject())
        .getJsonObject(field);
  }

  static List<String> sessions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "11111111-2222-3333-4444-%012d".formatted(i))
        .toList();
  }

  @Override
  public void close() {
    if (watches != null) {
      watches.close();
      client.close();
    }
    Futures.value(vertx.close());
    simulator.close();
  }
}
