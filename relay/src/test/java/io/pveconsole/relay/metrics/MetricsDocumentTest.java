// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static RelayMetrics everything() {
    RelayMetrics metrics = new RelayMetrics("consoles", "pve7");
    metrics.gauge("viewers", "", () -> 1);
    metrics.gauge("api.proof.age.seconds", "", () -> 1);
    metrics.count("opens", "Ok");
    metrics.gauge("connections.waiting", "", () -> 1);
    metrics.count("redeems", "LinkReused");
    metrics.count("refusals", "NotSignedIn");
    metrics.count("forwarded.headers", "Ignored");
    metrics.closed(4001, "Revoked");
    metrics.bytes("up").increment();
    metrics.step("tls", "Ok", Duration.ofMillis(3));
    metrics.lag(Duration.ofMillis(2));
    metrics.cookieKey("k1");
    metrics.cookieKey("k2");
    metrics.certificateEnds(Instant.parse("2030-01-01T00:00:00Z"));
    metrics.unhandledError();
    return metrics;
  }

  @Test
  void theDocumentAndTheRegistryAgree() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
    String document = Files.readString(root.resolve("docs/metrics.md"));
    Set<String> there = all("(?m)^# TYPE (pveconsole_\\w+) ", everything().scrape());
    there.removeIf(name -> name.endsWith("_max"));

    assertThat(all("(?m)^\\| `(pveconsole_\\w+)`", document)).isEqualTo(there);
  }

  @Test
  void everyLineNamesTheHostAndNoneASession() {
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
