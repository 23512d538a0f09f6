// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl pveconsole …} as somebody types it, against a real API server. */
class PluginIT {
  @TempDir static Path directory;
  private static RunningSandbox sandbox;
  private static KubernetesClient kubernetes;

  /** What a command printed and how it ended. */
  private record Ran(int code, String out, String err) {}

  @BeforeAll
  static void start() throws IOException {
    Needs.apiServer();
    sandbox = RunningSandbox.start(directory, "--api", "real");
    sandbox.link(0);
    kubernetes = sandbox.kubernetes();
  }

  @AfterAll
  static void stop() {
    if (kubernetes != null) {
      kubernetes.close();
    }
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Process begin(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("kubectl", "pveconsole"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path kubectl = sandbox.file("kubectl").getParent();
    Path plugin = RunningSandbox.home().resolve("cli");
    builder
        .environment()
        .merge(
            "PATH",
            kubectl + File.pathSeparator + plugin,
            (old, ours) -> ours + File.pathSeparator + old);
    builder.environment().put("KUBECONFIG", sandbox.file("kubeconfig").toString());
    builder.environment().remove("DISPLAY");
    builder.environment().remove("WAYLAND_DISPLAY");
    builder.environment().remove("BROWSER");
    command.set(0, kubectl.resolve("kubectl").toString());
    return builder.start();
  }

  private static Ran run(String... words) throws Exception {
    Process process = begin(words);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), out.strip(), err.strip());
  }

  private static ConsoleSession session(String name) {
    return kubernetes.resources(ConsoleSession.class).inNamespace("default").withName(name).get();
  }

  private static String open(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("open", "--print"));
    words.addAll(List.of(options));
    Ran ran = run(words.toArray(String[]::new));
    assertThat(ran.code()).as("%s", ran).isZero();
    return ran.out();
  }

  @Test
  void opensWithASecretThatTheClusterNeverSees() throws Exception {
    String reason = "a \"quoted\" \\ reason, 이유";
    String link = open("--name", "by-plugin", "--for", "20m", "--reason", reason, "102");
    String secret = URI.create(link).getFragment();
    ConsoleSession made = session("by-plugin");
    assertThat(secret).matches("[A-Za-z0-9_-]{43}");
    assertThat(made.getSpec().accessTokenSha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(secret.getBytes(StandardCharsets.US_ASCII))));
    assertThat(made.getSpec().reason()).isEqualTo(reason);
    assertThat(made.getSpec().durationSeconds()).isEqualTo(1200);
    assertThat(link).isEqualTo(made.getStatus().url() + "#" + secret);
    assertThat(kubernetes.secrets().inNamespace("default").withName("by-plugin-access").get())
        .isNull();
    assertThat(redeem(link, secret)).isEqualTo(204);
  }

  private static int redeem(String link, String secret) throws Exception {
    URI page = URI.create(link);
    String origin = page.getScheme() + "://" + page.getAuthority();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(origin + page.getPath() + "/redeem"))
                  .header("Origin", origin)
                  .header("Content-Type", "application/json")
                  .timeout(Duration.ofSeconds(10))
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"secret\":\"" + secret + "\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAA\"}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void listsExtendsAndEnds() throws Exception {
    open(
        "--name",
        "to-extend",
        "--view-only",
        "--terminal",
        "--clipboard=None",
        "--for",
        "600",
        "101");
    assertThat(session("to-extend").getSpec().viewOnly()).isTrue();
    assertThat(run("list").out()).contains("to-extend", "VMID", "101");

    Instant before = Instant.parse(session("to-extend").getStatus().expirationTime());
    Ran extended = run("extend", "to-extend", "1h30m");
    assertThat(extended.code()).as("%s", extended).isZero();
    assertThat(Instant.parse(session("to-extend").getStatus().expirationTime()))
        .isEqualTo(before.plus(Duration.ofMinutes(90)));

    assertThat(run("end", "to-extend").out()).isEqualTo("to-extend is ended.");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> "Finished".equals(String.valueOf(session("to-extend").getStatus().state())));
    assertThat(run("extend", "to-extend", "nonsense").err()).contains("write 30m, 2h");
  }

  @Test
  void extendsASessionThatTookTheHostsDefault() throws Exception {
    open("--name", "by-default", "100");
    Instant before = Instant.parse(session("by-default").getStatus().expirationTime());
    run("extend", "by-default", "10m");
    assertThat(Instant.parse(session("by-default").getStatus().expirationTime()))
        .isEqualTo(before.plus(Duration.ofMinutes(10)));
  }

  @Test
  void tellsHowAHostIs() throws Exception {
    Ran ran = run("doctor");
    assertThat(ran.out()).contains("demo", "ok    TLSTrusted", "ok    https://127.0.0.1", "until");
    assertThat(ran.code()).isZero();
    Ran unknown = run("doctor", "no-such-host");
    assertThat(unknown.code()).isNotZero();
    assertThat(unknown.err()).contains("no-such-host");
  }

  @Test
  void saysWhatIsWrongAndLeavesNothingBehind() throws Exception {
    Ran ran = run("open", "--host", "nope", "--name", "hopeless", "--timeout", "2", "101");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("HostNotFound", "kubectl -n default get proxmoxhosts");
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> session("hopeless") == null);
    assertThat(run("open", "web-1").err()).contains("'web-1' is not a VMID");
    assertThat(run("open").err()).contains("which guest?");
    assertThat(run("open", "101", "102").err()).contains("one VMID at a time");
    assertThat(run("open", "--hots", "demo", "101").err()).contains("no option --hots");
    assertThat(run("open", "--clipboard", "Some", "101").err()).contains("clipboard");
    assertThat(run("end", "x;reboot").err()).contains("is not a name");
    assertThat(run("frobnicate").err()).contains("there is no command 'frobnicate'");
  }

  @Test
  void takesTheSessionBackWhenInterrupted() throws Exception {
    Process waiting = begin("open", "--host", "nope", "--name", "given-up", "101");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> session("given-up") != null);
    waiting.destroy();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> session("given-up") == null);
  }

  @Test
  void completes() throws Exception {
    open("--name", "to-complete", "100");
    assertThat(run("__complete", "").out().lines()).contains("open", "list", "doctor");
    assertThat(run("__complete", "end", "").out().lines()).contains("to-complete");
    assertThat(run("__complete", "open", "--host", "").out()).isEqualTo("demo");
    assertThat(run("completion", "bash").out()).contains("complete -F");
    assertThat(run("completion", "zsh").out()).startsWith("#compdef");
  }
}
