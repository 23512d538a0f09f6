// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.pveconsole.sandbox.api.Widgets;
import io.pveconsole.sandbox.api.mock.MockApi;
import io.pveconsole.sandbox.fake.FakeRelay;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.Ports;
import io.pveconsole.sandbox.process.RunDirectory;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInTest {

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<IOException> failures = new ArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final Ports ports = new Ports();
  private RunDirectory run;
  private ChildProcesses children;
  private MockApi api;
  private KubernetesClient client;
  private StandIn standIn;
  private int port;

  @BeforeEach
  void start() {
    run = RunDirectory.claim(directory);
    children = new ChildProcesses(run);
    api = MockApi.start();
    client = api.client();
    port = ports.any();
    ports.release(port);
    String java = ProcessHandle.current().info().command().orElse("java");
    List<String> program =
        List.of(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            "target/test-classes",
            FakeRelay.class.getName());
    standIn = StandIn.start(api, children, ports, program, run.run(), notices::add);
    new Widgets(client).resource(RelayDeployments.host(port)).create();
  }

  @AfterEach
  void stop() {
    standIn.close();
    api.close();
    children.close();
    run.close();
  }

  private static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(30)).ignoreExceptions();
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return http.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void secret(String name, String token) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .addToStringData("token", token)
            .build();
    client.resource(secret).serverSideApply();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("default").list().getItems();
  }

  private void startRelay() {
    secret("pve-relay-keys", "k");
    client.resource(RelayDeployments.deployment("one")).create();
    eventually("the relay is ready").until(() -> pods().stream().anyMatch(Readiness::isPodReady));
  }

  @Test
  void runsARelayAndWritesItsStatus() throws Exception {
    startRelay();
    assertThat(get("/env"))
        .doesNotContain("PVECONSOLE_PUBLIC_PORT=" + port + "\n")
        .contains("PVECONSOLE_POD_NAME=" + pods().get(0).getMetadata().getName())
        .contains("KUBECONFIG=" + run.run())
        .doesNotContain("/etc/credentials");
    eventually("the Deployment's status")
        .untilAsserted(
            () -> {
              DeploymentStatus status =
                  client
                      .apps()
                      .deployments()
                      .inNamespace("default")
                      .withName("pve-relay")
                      .get()
                      .getStatus();
              assertThat(status.getAvailableReplicas()).isEqualTo(1);
              assertThat(status.getObservedGeneration()).isEqualTo(1);
              assertThat(status.getConditions())
                  .anyMatch(c -> c.getType().equals("Available") && c.getStatus().equals("True"));
            });
    assertThat(pods().get(0).getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getName()).isEqualTo("pve-relay"));
  }

  @Test
  void waitsForARequiredSecretAndSaysSo() {
    client.resource(RelayDeployments.deployment("one")).create();
    eventually("the pod says what it waits for")
        .untilAsserted(
            () ->
                assertThat(
                        pods()
                            .get(0)
                            .getStatus()
                            .getContainerStatuses()
                            .get(0)
                            .getState()
                            .getWaiting()
                            .getMessage())
                    .contains("pve-relay-keys not found"));
    secret("pve-relay-keys", "k");
    eventually("the relay is ready").until(() -> pods().stream().anyMatch(Readiness::isPodReady));
  }

  @Test
  void anOptionalSecretAppearsAndChangesInTheRunningRelay() throws Exception {
    startRelay();
    String pid = get("/pid");
    assertThat(get("/token")).isEqualTo("none");
    secret("pve", "first");
    eventually("the file appears").until(() -> get("/token").equals("first"));
    secret("pve", "second");
    eventually("the file changes").until(() -> get("/token").equals("second"));
    client.secrets().inNamespace("default").withName("pve").delete();
    eventually("the file goes").until(() -> get("/token").equals("none"));
    assertThat(get("/pid")).isEqualTo(pid);
  }

  @Test
  void restartsACrashedRelayAndTells() throws Exception {
    startRelay();
    String pid = get("/pid");
    try {
      get("/crash");
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
    eventually("another process answers").until(() -> !get("/pid").equals(pid));
    assertThat(notices).anyMatch(line -> line.contains("ended by itself"));
    assertThat(pods()).hasSize(1);
    eventually("the restart is counted")
        .until(
            () -> pods().get(0).getStatus().getContainerStatuses().get(0).getRestartCount() == 1);
  }

  @Test
  void rollsWhenTheTemplateChangesAndScalesToZero() throws Exception {
    startRelay();
    String pid = get("/pid");
    client.resource(RelayDeployments.deployment("two")).update();
    eventually("the new template runs").until(() -> get("/env").contains("LEVEL=two"));
    assertThat(get("/pid")).isNotEqualTo(pid);
    client.apps().deployments().inNamespace("default").withName("pve-relay").scale(0);
    eventually("no pod is left").until(() -> pods().isEmpty());
    assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void movesToTheNewPortOfTheHost() throws Exception {
    startRelay();
    port = ports.any();
    ports.release(port);
    new Widgets(client).resource(RelayDeployments.host(port)).update();
    eventually("the relay answers at the new port").until(() -> !get("/pid").isEmpty());
    assertThat(pods()).hasSize(1);
  }

  @Test
  void twoRelaysTakeTurnsBehindOneAddress() throws Exception {
    startRelay();
    scale(2);
    eventually("two relays are ready").until(() -> readyPods() == 2);
    eventually("both answer").until(() -> pidsOf(4).size() == 2);
    assertThat(pidsOf(20)).hasSize(2);
    scale(1);
    eventually("one relay is left").until(() -> pods().size() == 1);
    assertThat(pidsOf(20)).hasSize(1);
    assertThat(readyPods()).isEqualTo(1);
  }

  @Test
  void newConnectionsAvoidARelayThatIsGone() throws Exception {
    startRelay();
    scale(2);
    eventually("both answer").until(() -> pidsOf(4).size() == 2);
    String killed = get("/pid");
    ProcessHandle.of(Long.parseLong(killed)).orElseThrow().destroyForcibly();
    eventually("the port of the killed one is closed").until(() -> !pidsOf(2).contains(killed));
    Set<String> left = pidsOf(10);
    assertThat(left).hasSizeLessThanOrEqualTo(2).doesNotContain(killed);
    eventually("it runs again, under the same name").until(() -> pidsOf(4).size() == 2);
    assertThat(pods()).hasSize(2);
  }

  @Test
  void newConnectionsAvoidARelayThatIsNotReadyAndOpenOnesStay() throws Exception {
    startRelay();
    scale(2);
    eventually("both answer").until(() -> pidsOf(4).size() == 2);
    try (Socket open = new Socket("localhost", port)) {
      String unready = ask(open, "/unready");
      eventually("it is left out").until(() -> !pidsOf(4).contains(unready));
      assertThat(pidsOf(10)).hasSize(1);
      assertThat(ask(open, "/pid")).isEqualTo(unready);
    }
  }

  @Test
  void aNewTemplateNeverLeavesTheAddressWithoutARelay() throws Exception {
    startRelay();
    String old = get("/pid");
    client.resource(RelayDeployments.deployment("two")).update();
    Set<String> seen = new HashSet<>();
    eventually("the new template answers")
        .until(
            () -> {
              seen.addAll(pidsOfOrFail(1));
              return !seen.equals(Set.of(old));
            });
    assertThat(failures).isEmpty();
    eventually("the old one is gone").until(() -> pods().size() == 1);
  }

  @Test
  void refusesWithoutARelayThatIsReady() throws Exception {
    startRelay();
    scale(0);
    eventually("no pod is left").until(() -> pods().isEmpty());
    assertThatThrownBy(() -> get("/pid")).isInstanceOf(IOException.class);
  }

  private void scale(int replicas) {
    client.apps().deployments().inNamespace("default").withName("pve-relay").scale(replicas);
  }

  private long readyPods() {
    return pods().stream().filter(Readiness::isPodReady).count();
  }

  /** Who answered so many requests, each on a connection of its own. */
  private Set<String> pidsOf(int requests) throws IOException {
    Set<String> pids = new HashSet<>();
    for (int i = 0; i < requests; i++) {
      try (Socket socket = new Socket("localhost", port)) {
        pids.add(ask(socket, "/pid"));
      }
    }
    return pids;
  }

  private Set<String> pidsOfOrFail(int requests) {
    try {
      return pidsOf(requests);
    } catch (IOException e) {
      failures.add(e);
      return Set.of();
    }
  }

  /** One request on an open connection; the answer's body is one line at most. */
  private static String ask(Socket socket, String path) throws IOException {
    socket.setSoTimeout(5000);
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8));
    var in = socket.getInputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("no answer");
      }
      head += (char) read;
    }
    String length =
        head.toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: (\\d+).*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
  }

  @Test
  void aDeletedPodIsReplaced() throws Exception {
    startRelay();
    String pid = get("/pid");
    client.resource(pods().get(0)).delete();
    eventually("another process answers").until(() -> !get("/pid").equals(pid));
  }

  @Test
  void nothingRunsAfterTheDeploymentIsGone() throws Exception {
    startRelay();
    long pid = Long.parseLong(get("/pid"));
    client.apps().deployments().inNamespace("default").withName("pve-relay").delete();
    eventually("the process is gone")
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    eventually("the pod is gone").until(() -> pods().isEmpty());
  }

  @Test
  void closingEndsTheRelays() throws Exception {
    startRelay();
    long pid = Long.parseLong(get("/pid"));
    standIn.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }
}
