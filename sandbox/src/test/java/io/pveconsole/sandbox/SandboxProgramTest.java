// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pveconsole.sandbox.fake.FakeHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on the mock API, with fakes for simulator, operator and relay. */
class SandboxProgramTest {

  /** Five JVMs start here, and others' builds may run beside; who hangs is found all the same. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  private Path home;

  @BeforeEach
  void home() throws IOException {
    home = FakeHome.in(Files.createDirectories(directory.resolve("home")));
  }

  private SandboxProcess start(String... options) throws IOException {
    return SandboxProcess.start(home, directory, options);
  }

  private void assertNothingLeft() {
    await("no process is left")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(SandboxProcess.programsOf(directory)).isEmpty());
    await("no file is left but logs")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(directory.resolve("1/run")).doesNotExist());
  }

  private static int status(String url) throws IOException, InterruptedException {
    URI uri = URI.create(url);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void printsALinkObeysCommandsAndEndsCleanly() throws Exception {
    try (SandboxProcess sandbox = start("--api", "mock")) {
      sandbox.awaitText("What to try next");
      String link = sandbox.line("Console: ").orElseThrow().substring("Console: ".length());
      assertThat(link).matches("http://localhost:\\d+/c/[-0-9a-f]+#secret");
      String base = link.substring(0, link.indexOf("/c/"));
      await("the relay answers at the link's address")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> status(base + "/pid") == 200);

      sandbox.type("new 102");
      await("a second link")
          .atMost(PATIENCE)
          .until(() -> sandbox.text().lines().filter(l -> l.startsWith("Console: ")).count() == 2);
      sandbox.type("end demo");
      sandbox.awaitText("Session default/demo was deleted.");
      sandbox.type("nonsense");
      sandbox.awaitText("revoke NAME");

      sandbox.process().destroy();
      sandbox.awaitExit();
      assertThat(sandbox.text()).contains("stopped");
    }
    assertNothingLeft();
    assertThat(directory.resolve("1/logs/operator.log")).exists();
  }

  @Test
  void childrenEndWhenTheSandboxIsKilled() throws Exception {
    try (SandboxProcess sandbox = start("--api", "mock")) {
      sandbox.awaitText("What to try next");
      assertThat(SandboxProcess.programsOf(directory)).hasSizeGreaterThan(3);
      sandbox.process().destroyForcibly();
      sandbox.awaitExit();
    }
    assertNothingLeft();
  }

  @Test
  void saysWhoHasThePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SandboxProcess sandbox = start("--api", "mock", "--port", "" + taken.getLocalPort())) {
      assertThat(sandbox.awaitExit()).isEqualTo(1);
      assertThat(sandbox.text())
          .contains("Port " + taken.getLocalPort() + " is taken.")
          .contains("--port PORT");
    }
    assertNothingLeft();
  }

  @Test
  void endsCleanlyWhenAProgramIsMissing() throws Exception {
    Files.delete(home.resolve("relay/target/app/pveconsole-relay.jar"));
    try (SandboxProcess sandbox = start("--api", "mock")) {
      assertThat(sandbox.awaitExit()).isEqualTo(1);
      assertThat(sandbox.text()).contains("The relay is not built.").contains("sandbox/start");
    }
    assertNothingLeft();
  }

  @Test
  void appliesFilesAndGivesHostsTheirOwnAddresses() throws Exception {
    Path manifests = Files.createDirectories(directory.resolve("manifests"));
    Files.writeString(manifests.resolve("1.yaml"), manifest("ingress", "{type: Ingress}"));
    try (SandboxProcess sandbox =
        start("--api", "mock", "--no-demo", "--apply", manifests.toString())) {
      sandbox.awaitText("exposure type Ingress, which needs a cluster");
      Files.writeString(manifests.resolve("2.yaml"), manifest("mine", "null") + session("mine"));
      sandbox.awaitText("Console: http://localhost:");
      sandbox.type("quit");
      assertThat(sandbox.awaitExit()).isZero();
    }
    assertNothingLeft();
  }

  private static String manifest(String name, String exposure) {
    return """
    apiVersion: pveconsole.io/v1alpha1
    kind: ProxmoxHost
    metadata: {name: %s, namespace: default}
    spec:
      endpoints: [{url: "https://127.0.0.1:1"}]
      credentials: {secretRef: {name: s}}
      exposure: %s
    """
        .formatted(name, exposure);
  }

  private static String session(String host) {
    return """
    ---
    apiVersion: pveconsole.io/v1alpha1
    kind: ConsoleSession
    metadata: {name: s1, namespace: default}
    spec:
      hostRef: {name: %s}
      target: {vmid: 101}
    """
        .formatted(host);
  }
}
