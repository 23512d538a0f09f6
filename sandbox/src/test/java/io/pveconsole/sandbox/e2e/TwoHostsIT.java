// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clusters at once: one trusted by CA with a password, one by fingerprint with an API token,
 * with manifests given as files, as somebody does who connects an own Proxmox.
 */
class TwoHostsIT {
  private static final Duration PICTURE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void eachShowsItsOwnGuest() throws Exception {
    Needs.browser();
    Path manifests = Files.createDirectories(directory.resolve("manifests"));
    try (RunningSimulator first = RunningSimulator.start(directory.resolve("first"));
        RunningSimulator second = RunningSimulator.start(directory.resolve("second"))) {
      Files.writeString(manifests.resolve("1-first.yaml"), byAuthority(first));
      Files.writeString(manifests.resolve("2-second.yaml"), byFingerprint(second));
      try (RunningSandbox sandbox =
              RunningSandbox.start(
                  directory.resolve("sandbox"),
                  "--api",
                  "mock",
                  "--no-demo",
                  "--apply",
                  manifests.toString());
          Browser one = new Browser("en-US");
          Browser two = new Browser("ko-KR")) {
        Files.writeString(manifests.resolve("3-session.yaml"), session("first", first));
        one.open(sandbox.link(0));
        one.awaitState("connected", PICTURE);
        Files.writeString(manifests.resolve("4-session.yaml"), session("second", second));
        two.open(sandbox.link(1));
        two.awaitState("connected", PICTURE);

        one.type("echo alpha");
        two.type("echo omega");
        Awaitility.await("each line on its own guest")
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(
                () -> {
                  assertThat(screen(first)).contains("echo alpha").doesNotContain("omega");
                  assertThat(screen(second)).contains("echo omega").doesNotContain("alpha");
                });
        assertThat(one.state()).isEqualTo("connected");
      }
    }
  }

  private static String screen(RunningSimulator simulator) {
    return simulator.guests().screen(simulator.runningGuest());
  }

  private static String byAuthority(RunningSimulator simulator) throws IOException {
    String authority = Files.readString(Path.of(simulator.facts().get("caFile").asText()));
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: first-login, namespace: default}
    stringData: {username: "%s", password: "%s"}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: first-ca, namespace: default}
    data:
      pve-root-ca.pem: |
    %s
    ---
    apiVersion: pveconsole.io/v1alpha1
    kind: ProxmoxHost
    metadata: {name: first, namespace: default}
    spec:
      endpoints: [{url: "%s"}]
      credentials: {secretRef: {name: first-login}}
      tls: {caRef: {name: first-ca, key: pve-root-ca.pem}}
    """
        .formatted(
            simulator.facts().get("username").asText(),
            simulator.facts().get("password").asText(),
            authority.indent(4).stripTrailing(),
            simulator.facts().at("/endpoints/0/url").asText());
  }

  private static String byFingerprint(RunningSimulator simulator) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: second-token, namespace: default}
    stringData: {tokenId: "%s", tokenSecret: "%s"}
    ---
    apiVersion: pveconsole.io/v1alpha1
    kind: ProxmoxHost
    metadata: {name: second, namespace: default}
    spec:
      endpoints: [{url: "%s"}]
      credentials: {secretRef: {name: second-token}}
      tls: {fingerprints: ["%s"]}
    """
        .formatted(
            simulator.facts().get("tokenId").asText(),
            simulator.facts().get("tokenSecret").asText(),
            simulator.facts().at("/endpoints/0/url").asText(),
            simulator.facts().at("/endpoints/0/fingerprint").asText());
  }

  private static String session(String host, RunningSimulator simulator) {
    return """
    apiVersion: pveconsole.io/v1alpha1
    kind: ConsoleSession
    metadata: {name: %s, namespace: default}
    spec:
      hostRef: {name: %s}
      target: {vmid: %d}
    """
        .formatted(host, host, simulator.runningGuest());
  }
}
