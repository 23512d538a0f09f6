// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} lists what is there, and all of it. */
class MetricsDocumentTest {

  private static Set<String> all(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  /** Names that the code itself gives to gauges and counters, wherever it is. */
  private static Set<String> named(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(root().resolve("relay/src/main/java"))) {
      Set<String> names = new TreeSet<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        names.addAll(all("\\b" + kind + "\\(\\s*\"([a-z.]+)\"", Files.readString(file)));
      }
      return names;
    }
  }

  private static RelayMetrics everything() throws IOException {
    RelayMetrics metrics = new RelayMetrics("consoles", "pve7");
    metrics.closed(4001, "Revoked");
    metrics.bytes("up").increment();
    metrics.step("tls", "Ok", Duration.ofMillis(3));
    metrics.lag(Duration.ofMillis(2));
    metrics.cookieKey("k1");
    metrics.cookieKey("k2");
    metrics.certificateEnds(Instant.parse("2030-01-01T00:00:00Z"));
    metrics.unhandledError();
    Set<String> gauges = named("gauge");
    Set<String> counters = named("count");
    assertThat(gauges).contains("viewers", "api.proof.age.seconds", "connections.waiting");
    assertThat(counters).contains("opens", "redeems");
    gauges.forEach(name -> metrics.gauge(name, "", () -> 1));
    counters.forEach(name -> metrics.count(name, "Ok"));
    return metrics;
  }

  @Test
  void theDocumentAndTheRegistryAgree() throws Exception {
    String document = Files.readString(root().resolve("docs/metrics.md"));
    Set<String> there = all("(?m)^# TYPE (pveconsole_\\w+) ", everything().scrape());
    there.removeIf(name -> name.endsWith("_max"));

    assertThat(all("(?m)^\\| `(pveconsole_\\w+)`", document)).isEqualTo(there);
  }

  @Test
  void everyLineNamesTheHostAndNoneASession() throws Exception {
    String text = everything().scrape();

    assertThat(text.lines().filter(line -> line.startsWith("pveconsole_")))
        .isNotEmpty()
        .allMatch(
            line -> line.contains("namespace=\"consoles\"") && line.contains("host=\"pve7\""));
    assertThat(all("[{,](\\w+)=\"", text))
        .containsExactlyInAnyOrder(
            "namespace", "host", "outcome", "code", "direction", "kid", "step");
    assertThat(text).contains("kid=\"k2\"").doesNotContain("kid=\"k1\"");
    assertThat(text).contains("pveconsole_certificate_not_after_seconds{").contains("1.893456E9");
  }

  @Test
  void theRuntimeIsThereToo() {
    RelayMetrics metrics = new RelayMetrics("consoles", "pve7");
    metrics.addRuntime();

    assertThat(metrics.scrape())
        .contains("jvm_memory_used_bytes", "jvm_gc_", "jvm_threads_live", "process_cpu_usage")
        .contains("process_uptime_seconds", "process_files_open_files");
  }
}
