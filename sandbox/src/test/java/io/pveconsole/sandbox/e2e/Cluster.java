// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A sandbox on a real API server, with some relays of its demo host. */
final class Cluster implements AutoCloseable {
  static final String NAMESPACE = "default";
  static final String HOST = "demo";
  private static final Duration START = Duration.ofSeconds(120);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RunningSandbox sandbox;
  private final KubernetesClient kubernetes;
  private final SimulatedGuests guests;
  private final Kubectl kubectl;

  private Cluster(RunningSandbox sandbox) {
    this.sandbox = sandbox;
    this.kubernetes = sandbox.kubernetes();
    this.guests = new SimulatedGuests(sandbox.file("simulator.json"));
    this.kubectl = new Kubectl(sandbox.file("kubectl"), sandbox.file("kubeconfig"));
  }

  /** Starts it and waits for the relays. */
  static Cluster start(Path directory, int relays) throws Exception {
    return start(directory, Map.of(), relays);
  }

  /** With more in the environment of all programs. */
  static Cluster start(Path directory, Map<String, String> environment, int relays)
      throws Exception {
    Needs.apiServer();
    RunningSandbox sandbox = RunningSandbox.start(directory, environment, "--api", "real");
    try {
      sandbox.link(0);
      Cluster cluster = new Cluster(sandbox);
      cluster.scale(relays);
      return cluster;
    } catch (Exception | AssertionError e) {
      sandbox.close();
      throw e;
    }
  }

  RunningSandbox sandbox() {
    return sandbox;
  }

  KubernetesClient kubernetes() {
    return kubernetes;
  }

  SimulatedGuests guests() {
    return guests;
  }

  Kubectl kubectl() {
    return kubectl;
  }

  /** The relays' processes, by pod name. */
  List<RelayProcess> relays() {
    return RelayProcess.of(sandbox.handle());
  }

  /** As an administrator does, and waits until all are ready and report. */
  void scale(int relays) throws IOException, InterruptedException {
    patchHost("{\"spec\":{\"relay\":{\"replicas\":%d}}}".formatted(relays));
    awaitRelays(relays);
  }

  void awaitRelays(int count) {
    Awaitility.await(count + " relays are ready and report")
        .atMost(Patience.of(START))
        .untilAsserted(
            () -> {
              assertThat(readyPods()).hasSize(count);
              assertThat(host().getStatus().relays())
                  .extracting(relay -> relay.podName())
                  .containsExactlyInAnyOrderElementsOf(readyPods());
            });
  }

  /**
   * Waits until the operator has acted on the host as it is now, and the relays are of that make.
   */
  void awaitRollout(int relays) throws IOException, InterruptedException {
    Awaitility.await("the operator has seen the host")
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .until(() -> isObserved(host()));
    kubectl.run("rollout", "status", "deployment/demo-relay", "--timeout=120s");
    awaitRelays(relays);
  }

  private static boolean isObserved(ProxmoxHost host) {
    return host.getMetadata().getGeneration().equals(host.getStatus().observedGeneration());
  }

  /** Names of the relays' pods that are ready. */
  List<String> readyPods() {
    return kubernetes.pods().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(Readiness::isPodReady)
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  ProxmoxHost host() {
    return kubernetes.resources(ProxmoxHost.class).inNamespace(NAMESPACE).withName(HOST).require();
  }

  void patchHost(String patch) throws IOException, InterruptedException {
    kubectl.patch("proxmoxhost", HOST, patch);
  }

  void patchSession(String name, String patch) throws IOException, InterruptedException {
    kubectl.patch("consolesession", name, patch);
  }

  ConsoleSession session(String name) {
    return kubernetes
        .resources(ConsoleSession.class)
        .inNamespace(NAMESPACE)
        .withName(name)
        .require();
  }

  ConsoleGrant grant(SessionLink link) {
    return kubernetes
        .resources(ConsoleGrant.class)
        .inNamespace(NAMESPACE)
        .withName(link.uid())
        .require();
  }

  /** A new session whose requester brings the secret; ready to be opened. */
  SessionLink open(String name, int vmid) {
    return open(name, vmid, Map.of());
  }

  /** With more fields in its spec. */
  SessionLink open(String name, int vmid, Map<String, Object> more) {
    SessionLink link = create(name, vmid, more);
    awaitReady(name);
    return link;
  }

  SessionLink create(String name, int vmid, Map<String, Object> more) {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Map<String, Object> spec = new HashMap<>(more);
    spec.put("hostRef", Map.of("name", HOST));
    spec.put("target", Map.of("vmid", vmid));
    spec.put("accessTokenSha256", sha256(secret));
    GenericKubernetesResource session = new GenericKubernetesResource();
    session.setApiVersion("pveconsole.io/v1alpha1");
    session.setKind("ConsoleSession");
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
    session.setAdditionalProperty("spec", spec);
    String uid = kubernetes.resource(session).create().getMetadata().getUid();
    return new SessionLink(name, url(), uid, secret);
  }

  void awaitReady(String name) {
    Awaitility.await("session " + name + " is ready")
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                session(name).getStatus() != null
                    && session(name).getStatus().state() == SessionState.Ready);
  }

  /** The host's public address. */
  URI url() {
    return URI.create(sandbox.link(0).replaceAll("/c/.*", ""));
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kubernetes.close();
    sandbox.close();
  }
}
