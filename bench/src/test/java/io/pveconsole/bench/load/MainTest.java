// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void measuresAndReports() throws Exception {
    List<String> relay = new ArrayList<>(TestRelay.command());
    relay.addAll(0, List.of("env", "PVECONSOLE_WARMUP_ROUNDS=0"));

    int code =
        run(
            Map.of(Options.RELAY, String.join("\n", relay)),
            "open",
            "--seconds",
            "1",
            "--warm",
            "0",
            "--out",
            directory.toString());

    assertThat(err).hasToString("");
    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("relay_cpu_ms_per_open");
    List<String> results = Files.readAllLines(directory.resolve("results.jsonl"));
    assertThat(results).hasSize(1);
    JsonObject result = new JsonObject(results.getFirst());
    assertThat(result.getString("scenario")).isEqualTo("open");
    assertThat(result.getJsonObject("figures").getDouble("events")).isPositive();
    assertThat(result.getJsonArray("troubles")).isEmpty();
  }

  @Test
  void saysWhyTheRelayDoesNotCome() throws Exception {
    int code = run(Map.of(Options.RELAY, "false"), "open", "--out", directory.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ended before it was ready");
  }

  @Test
  void explainsItself() throws Exception {
    assertThat(run(Map.of(Options.RELAY, "relay"), "what")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown scenario what", "mixed");
  }

  private int run(Map<String, String> environment, String... arguments) throws Exception {
    return Main.run(
        List.of(arguments), environment, new PrintStream(out, true), new PrintStream(err, true));
  }
}
