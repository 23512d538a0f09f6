// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A real cluster with nodes, on which the chart is installed by {@code helm}; KUBECONFIG names it,
 * kubectl and helm are on the PATH, and the images are loaded. {@code .ci/run} sees to all that.
 */
final class KubeCluster implements AutoCloseable {
  static final String SYSTEM = "pveconsole-system";
  static final String CONSOLES = "consoles";
  static final String HOST = "pve";
  static final String PUBLIC_NAME = "console.ingress.test";
  static final Duration START = Duration.ofSeconds(180);
  private static final Path CHART = RunningSandbox.home().resolve("helm/pveconsole");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KubernetesClient kubernetes = new KubernetesClientBuilder().build();
  private final PodSimulator simulator;

  private KubeCluster() {
    namespace(SYSTEM);
    namespace(CONSOLES);
    namespace(PodSimulator.NAMESPACE);
    long start = System.nanoTime();
    helm(Map.of());
    Figures.add("helm install until the operator is ready: %.1f s", Figures.secondsSince(start));
    simulator = PodSimulator.start(kubernetes);
    start = System.nanoTime();
    apply(KubeHosts.host(CONSOLES, HOST, PUBLIC_NAME, 2, simulator));
    awaitHost(CONSOLES, HOST);
    Figures.add("ProxmoxHost until Ready, 2 relays: %.1f s", Figures.secondsSince(start));
  }

  static KubeCluster start() {
    return new KubeCluster();
  }

  /** Installs or upgrades the release of the whole cluster. */
  void helm(Map<String, String> values) {
    var words =
        new ArrayList<>(List.of("helm", "upgrade", "--install", "pveconsole", CHART.toString()));
    words.addAll(List.of("--namespace", SYSTEM, "--wait", "--timeout", "240s"));
    values.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    Program.run(words.toArray(String[]::new));
  }

  KubernetesClient kubernetes() {
    return kubernetes;
  }

  PodSimulator simulator() {
    return simulator;
  }

  /** A namespace in which nothing but restricted pods may run. */
  void namespace(String name) {
    apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s, labels: {pod-security.kubernetes.io/enforce: restricted}}
        """
            .formatted(name));
  }

  /** As {@code kubectl apply}. */
  void apply(String yaml) {
    InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    for (HasMetadata object : kubernetes.load(in).items()) {
      kubernetes.resource(object).forceConflicts().serverSideApply();
    }
  }

  void awaitHost(String namespace, String name) {
    Awaitility.await(name + " is ready")
        .atMost(Patience.of(START))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              ProxmoxHost host = host(namespace, name);
              assertThat(host.getStatus()).isNotNull();
              assertThat(host.getStatus().conditions())
                  .as("%s", host.getStatus())
                  .anyMatch(
                      c -> c.type().equals("Ready") && "True".equals(String.valueOf(c.status())));
            });
  }

  ProxmoxHost host(String namespace, String name) {
    return kubernetes.resources(ProxmoxHost.class).inNamespace(namespace).withName(name).require();
  }

  void patchHost(String patch) {
    kubectl("-n", CONSOLES, "patch", "proxmoxhost", HOST, "--type=merge", "-p", patch);
  }

  String kubectl(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "kubectl";
    System.arraycopy(words, 0, command, 1, words.length);
    return Program.run(command);
  }

  /** The pods of a host's relays that are ready and not on their way out. */
  List<Pod> relays(String namespace, String host) {
    return kubernetes
        .pods()
        .inNamespace(namespace)
        .withLabel("pveconsole.io/host", host)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(Readiness::isPodReady)
        .toList();
  }

  /** Waits for so many relays, each of which has reported. */
  void awaitRelays(int count) {
    Awaitility.await(count + " relays")
        .atMost(Patience.of(START))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              assertThat(relays(CONSOLES, HOST)).hasSize(count);
              assertThat(host(CONSOLES, HOST).getStatus().relays()).hasSize(count);
            });
  }

  ConsoleSession session(String namespace, String name) {
    return kubernetes.resources(ConsoleSession.class).inNamespace(namespace).withName(name).get();
  }

  /** A new session of the first host, ready to be opened. */
  SessionLink open(String name, int vmid) {
    return open(CONSOLES, name, HOST, vmid);
  }

  SessionLink open(String namespace, String name, String host, int vmid) {
    SessionLink link = create(kubernetes, namespace, name, Map.of("name", host), vmid);
    awaitReady(namespace, name);
    return link;
  }

  /** Asks for a session as that client's user; its host is named by {@code hostRef}. */
  SessionLink create(
      KubernetesClient client,
      String namespace,
      String name,
      Map<String, String> hostRef,
      int vmid) {
    delete(namespace, name); // what a run that was stopped left
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Map<String, Object> spec = new HashMap<>();
    spec.put("hostRef", hostRef);
    spec.put("target", Map.of("vmid", vmid));
    spec.put("accessTokenSha256", Cluster.sha256(secret));
    GenericKubernetesResource session = new GenericKubernetesResource();
    session.setApiVersion("pveconsole.io/v1alpha1");
    session.setKind("ConsoleSession");
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setAdditionalProperty("spec", spec);
    String uid = client.resource(session).create().getMetadata().getUid();
    String host = hostRef.get("name");
    URI url =
        URI.create(host(hostRef.getOrDefault("namespace", namespace), host).getStatus().url());
    return new SessionLink(name, url, uid, secret);
  }

  void awaitReady(String namespace, String name) {
    Awaitility.await("session " + name + " is ready")
        .atMost(Patience.of(Duration.ofSeconds(60)))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                session(namespace, name).getStatus() != null
                    && session(namespace, name).getStatus().state() == SessionState.Ready);
  }

  void delete(String namespace, String session) {
    kubernetes.resources(ConsoleSession.class).inNamespace(namespace).withName(session).delete();
  }

  @Override
  public void close() {
    simulator.close();
    kubernetes.close();
  }
}
