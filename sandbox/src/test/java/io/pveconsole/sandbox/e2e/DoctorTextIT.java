// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an administrator reads in {@code kubectl describe} of a session that does not open: which
 * step, why, and the command that cures it. The browser hears the reason's name only.
 */
class DoctorTextIT {
  private static final Duration PICTURE = Duration.ofSeconds(20);

  @TempDir static Path directory;

  private static Cluster cluster;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory, 1);
    http = RelayCalls.client();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      http.shutdownNow();
      cluster.close();
    }
  }

  @Test
  void theCommandForAForeignCertificateCuresIt() throws Exception {
    SessionLink link = cluster.open("foreign", 100);
    RelayCalls relay = new RelayCalls(http, link.url());
    String cookies = relay.redeem(link, RelayCalls.nonce()).cookieHeader();
    cluster.guests().control("PUT", "/faults/certificate-swap", "{\"value\":\"foreign\"}");
    cut();
    try {
      PlainConsole refused = relay.open(link, cookies);
      assertThat(refused.pictureOrClose(PICTURE)).isFalse();
      assertThat(refused.closeReason()).isEqualTo("CertificateUntrusted");
      String described = describe("foreign", "CertificateUntrusted");
      assertThat(described)
          .contains("Step:", "tls")
          .containsPattern("([0-9A-F]{2}:){31}[0-9A-F]{2}");
      hearsOnlyTheName(refused, "CertificateUntrusted");
      String before =
          cluster.kubectl().run("get", "proxmoxhost", "demo", "-o", "jsonpath={.spec.tls}");
      Matcher command = Pattern.compile("kubectl patch proxmoxhost .*'").matcher(described);
      assertThat(command.find()).as(described).isTrue();
      shell(command.group());
      Awaitility.await("the console opens after the command")
          .atMost(Patience.of(Duration.ofSeconds(30)))
          .until(() -> relay.open(link, cookies).pictureOrClose(PICTURE));
      cluster.patchHost("{\"spec\":{\"tls\":{\"fingerprints\":null}}}");
      cluster.patchHost("{\"spec\":{\"tls\":" + before + "}}");
    } finally {
      cluster.guests().control("PUT", "/faults/certificate-swap", "{\"enabled\":false}");
      cut();
    }
  }

  @Test
  void namesThePveumCommandForATokenWithoutRights() throws Exception {
    JsonNode facts = cluster.guests().facts();
    SessionLink link = cluster.open("bare", 101);
    RelayCalls relay = new RelayCalls(http, link.url());
    String cookies = relay.redeem(link, RelayCalls.nonce()).cookieHeader();
    token("relay@pve!bare");
    try {
      Awaitility.await("the token without rights is in use")
          .atMost(Patience.of(Duration.ofSeconds(30)))
          .until(() -> !relay.open(link, cookies).pictureOrClose(PICTURE));
      PlainConsole refused = relay.open(link, cookies);
      assertThat(refused.pictureOrClose(PICTURE)).isFalse();
      String described = describe("bare", refused.closeReason());
      assertThat(described).contains("pveum acl modify").contains("relay@pve!bare");
      hearsOnlyTheName(refused, refused.closeReason());
    } finally {
      token(facts.get("tokenId").asText());
    }
    Awaitility.await("the other token is in use")
        .atMost(Patience.of(Duration.ofSeconds(30)))
        .until(() -> relay.open(link, cookies).pictureOrClose(PICTURE));
  }

  @Test
  void saysThatTheGuestIsStopped() throws Exception {
    SessionLink link = cluster.open("stopped", 103);
    PlainConsole refused = new RelayCalls(http, link.url()).open(link);
    assertThat(refused.pictureOrClose(PICTURE)).isFalse();
    assertThat(refused.closeCode()).isEqualTo(4102);
    assertThat(describe("stopped", "TargetStopped")).contains("Step:", "guest").contains("103");
    hearsOnlyTheName(refused, "TargetStopped");
  }

  /** The description, once it tells the reason. */
  private static String describe(String session, String reason) {
    return Awaitility.await("describe tells " + reason)
        .atMost(Patience.of(Duration.ofSeconds(10)))
        .until(
            () -> cluster.kubectl().run("describe", "consolesession", session),
            text -> text.contains("Doctor:") && text.contains(reason));
  }

  /** Steps and reason, but no address, node, account or command. */
  private static void hearsOnlyTheName(PlainConsole console, String reason) {
    String said = console.said();
    assertThat(said).contains(reason);
    assertThat(said + console.closeReason())
        .doesNotContain("127.0.0.1", "pve1", "pve2", "relay@pve", "pveum", "kubectl", "demo");
  }

  private static void token(String id) throws Exception {
    cluster
        .kubectl()
        .patch("secret", "demo-proxmox", "{\"stringData\":{\"tokenId\":\"%s\"}}".formatted(id));
  }

  private static void cut() {
    cluster.guests().control("POST", "/nodes/pve1/cut", "");
    cluster.guests().control("POST", "/nodes/pve2/cut", "");
  }

  /** Runs a command as it stands, with the sandbox's kubectl on the path. */
  private static void shell(String command) throws IOException, InterruptedException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path kubectl = bin.resolve("kubectl");
    Files.deleteIfExists(kubectl);
    Files.createSymbolicLink(kubectl, cluster.kubectl().program());
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("KUBECONFIG", cluster.kubectl().kubeconfig().toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
  }
}
