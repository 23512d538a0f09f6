// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an administrator reads in {@code kubectl describe} of a session that does not open: which
 * step, why, and the command that cures it. The browser hears the reason's name only.
 */
class DoctorTextIT {
  private static final Duration PICTURE = Duration.ofSeconds(20);

  @RegisterExtension static final ClusterExtension cluster = new ClusterExtension(1);

  @Test
  void theCommandForAForeignCertificateCuresIt() throws Exception {
    SessionLink link = cluster.get().open("foreign", 100);
    RelayCalls relay = new RelayCalls(cluster.http(), link.url());
    String cookies = relay.redeem(link, RelayCalls.nonce()).cookieHeader();
    cluster.get().guests().control("PUT", "/faults/certificate-swap", "{\"value\":\"foreign\"}");
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
          cluster.get().kubectl().run("get", "proxmoxhost", "demo", "-o", "jsonpath={.spec.tls}");
      Matcher command = Pattern.compile("kubectl patch proxmoxhost .*'").matcher(described);
      assertThat(command.find()).as(described).isTrue();
      shell(command.group());
      Awaitility.await("the console opens after the command")
          .atMost(Patience.of(Duration.ofSeconds(30)))
          .until(() -> relay.open(link, cookies).pictureOrClose(PICTURE));
      cluster.get().patchHost("{\"spec\":{\"tls\":{\"fingerprints\":null}}}");
      cluster.get().patchHost("{\"spec\":{\"tls\":" + before + "}}");
    } finally {
      cluster.get().guests().control("PUT", "/faults/certificate-swap", "{\"enabled\":false}");
      cut();
    }
  }

  @Test
  void namesThePveumCommandForATokenWithoutRights() throws Exception {
    JsonNode facts = cluster.get().guests().facts();
    SessionLink link = cluster.get().open("bare", 101);
    RelayCalls relay = new RelayCalls(cluster.http(), link.url());
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
    SessionLink link = cluster.get().open("stopped", 103);
    PlainConsole refused = new RelayCalls(cluster.http(), link.url()).open(link);
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
            () -> cluster.get().kubectl().run("describe", "consolesession", session),
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
        .get()
        .kubectl()
        .patch("secret", "demo-proxmox", "{\"stringData\":{\"tokenId\":\"%s\"}}".formatted(id));
  }

  private static void cut() {
    cluster.get().guests().control("POST", "/nodes/pve1/cut", "");
    cluster.get().guests().control("POST", "/nodes/pve2/cut", "");
  }

  /** Runs a command as it stands, with the sandbox's kubectl on the path. */
  private static void shell(String command) throws IOException, InterruptedException {
    Path bin = Files.createDirectories(cluster.directory().resolve("bin"));
    Path kubectl = bin.resolve("kubectl");
    Files.deleteIfExists(kubectl);
    Files.createSymbolicLink(kubectl, cluster.get().kubectl().program());
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("KUBECONFIG", cluster.get().kubectl().kubeconfig().toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
  }
}
