// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A patched session or host: the open socket obeys within a second, and stays. */
class LivePolicyIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PICTURE = Duration.ofSeconds(20);
  private static final int VMID = 100;
  private static final int IDLE = 4003;

  @RegisterExtension static final ClusterExtension cluster = new ClusterExtension(1);

  private static int sessions;
  private PlainConsole console;
  private String session;

  private void open(Map<String, Object> spec) throws Exception {
    session = "live-" + sessions++;
    SessionLink link = cluster.get().open(session, VMID, spec);
    console = new RelayCalls(cluster.http(), link.url()).open(link).awaitPicture(PICTURE);
  }

  @AfterEach
  void close() {
    if (console != null) {
      console.abort();
    }
  }

  @Test
  void viewOnlyOfTheSession() throws Exception {
    open(Map.of());
    typed("before");
    obeys("session viewOnly on", "{\"viewOnly\":true}", p -> p.get("viewOnly").asBoolean());
    console.type("unseen");
    obeys("session viewOnly off", "{\"viewOnly\":false}", p -> !p.get("viewOnly").asBoolean());
    typed("after");
    assertThat(screen()).contains("before").doesNotContain("unseen");
  }

  @Test
  void viewOnlyOfTheHost() throws Exception {
    open(Map.of());
    obeysHost("host viewOnly on", "{\"viewOnly\":true}", p -> p.get("viewOnly").asBoolean());
    console.type("hidden");
    obeysHost("host viewOnly off", "{\"viewOnly\":false}", p -> !p.get("viewOnly").asBoolean());
    typed("shown");
    assertThat(screen()).doesNotContain("hidden");
  }

  @Test
  void clipboardEachWay() throws Exception {
    open(Map.of());
    console.paste("first paste");
    Awaitility.await().until(() -> screen().contains("first paste"));
    obeys("session clipboard", "{\"clipboard\":\"FromGuest\"}", clipboard("FromGuest"));
    console.paste("second paste");
    typed("\rcopy yes\r");
    Awaitility.await("text from the guest").until(() -> console.pasted().equals("yes"));
    assertThat(screen()).doesNotContain("second paste");
    obeysHost("host clipboard", "{\"clipboard\":\"ToGuest\"}", clipboard("None"));
    obeys("session clipboard", "{\"clipboard\":\"Both\"}", clipboard("ToGuest"));
    console.paste("third paste");
    Awaitility.await().until(() -> screen().contains("third paste"));
    obeysHost("host clipboard back", "{\"clipboard\":\"Both\"}", clipboard("Both"));
  }

  @Test
  void durationGrowsUpToTheHostsMaximum() throws Exception {
    open(Map.of("durationSeconds", 600));
    Predicate<JsonNode> longer = p -> p.get("expiresInSeconds").asLong() > 1100;
    obeys("session durationSeconds", "{\"durationSeconds\":1200}", longer);
    obeysHost(
        "host maxDurationSeconds",
        "{\"defaultDurationSeconds\":700,\"maxDurationSeconds\":900}",
        p -> p.get("expiresInSeconds").asLong() <= 900);
    obeysHost(
        "host maxDurationSeconds back",
        "{\"defaultDurationSeconds\":3600,\"maxDurationSeconds\":28800}",
        longer);
  }

  @Test
  void idleTimeoutOfTheSession() throws Exception {
    open(Map.of("idleTimeoutSeconds", 900));
    long start = System.nanoTime();
    obeys(
        "session idleTimeoutSeconds",
        "{\"idleTimeoutSeconds\":10}",
        p -> p.get("idleTimeoutSeconds").asInt() == 10);
    assertThat(console.awaitClose(Duration.ofSeconds(15))).isEqualTo(IDLE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void revoking() throws Exception {
    open(Map.of());
    long start = System.nanoTime();
    cluster.get().patchSession(session, "{\"spec\":{\"revoked\":true}}");
    assertThat(console.awaitClose(SECOND)).isEqualTo(4001);
    report("session revoked", start);
  }

  private static Predicate<JsonNode> clipboard(String wanted) {
    return policy -> policy.get("clipboard").asText().equals(wanted);
  }

  private void obeys(String what, String spec, Predicate<JsonNode> holds) throws Exception {
    long start = System.nanoTime();
    cluster.get().patchSession(session, "{\"spec\":" + spec + "}");
    obeyed(what, start, holds);
  }

  private void obeysHost(String what, String policy, Predicate<JsonNode> holds) throws Exception {
    long start = System.nanoTime();
    cluster.get().patchHost("{\"spec\":{\"sessionPolicy\":" + policy + "}}");
    obeyed(what, start, holds);
  }

  private void obeyed(String what, long start, Predicate<JsonNode> holds) {
    console.awaitPolicy(what, start, holds);
    report(what, start);
    assertThat(console.closeCode()).as("the socket stays").isZero();
  }

  private static void report(String what, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(Locale.ROOT, "obeyed %s: %d ms, kubectl included%n", what, took.toMillis());
    assertThat(took).as(what).isLessThan(Patience.of(SECOND));
  }

  private void typed(String text) {
    console.type(text);
    Awaitility.await(text + " on the screen")
        .atMost(Patience.of(Duration.ofSeconds(5)))
        .until(() -> screen().contains(text.strip()));
  }

  private static String screen() {
    return cluster.get().guests().screen(VMID);
  }
}
