// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.scenario.Scenario;
import io.pveconsole.bench.load.scenario.Warming;
import io.pveconsole.bench.load.site.Processes;
import io.pveconsole.bench.load.site.Proxmox;
import io.pveconsole.bench.load.site.Settings;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of load on one real relay, small and short: the figures mean nothing. */
class ScenariosTest {

  private static final Scale SMALL =
      new Scale(Duration.ofMillis(250), Duration.ofMillis(200), 2, 2, 4, 2, Duration.ofMillis(80));

  @TempDir private static Path directory;
  private static Processes processes;
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    processes = new Processes();
    Proxmox proxmox = new Proxmox(processes, directory.resolve("proxmox"));
    Settings settings =
        new Settings(TestRelay.command(), Map.of("PVECONSOLE_WARMUP_ROUNDS", "0"), directory);
    Collection<TargetList> lists =
        Stream.concat(
                Warming.lists().stream(),
                Scenario.all().stream().flatMap(scenario -> scenario.lists(SMALL).stream()))
            .collect(Collectors.toMap(TargetList::name, Function.identity(), (a, b) -> a))
            .values();
    site = new Site(processes, proxmox, settings, "site", List.copyOf(lists));
    Warming.run(site, SMALL);
  }

  @AfterAll
  static void stop() throws Exception {
    if (site != null) {
      site.close();
    }
    processes.close();
  }

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void measuresWithoutTrouble(Scenario scenario) throws Exception {
    Result result = scenario.run(site, SMALL, directory);

    assertThat(result.troubles()).isEmpty();
    assertThat(result.scenario()).isEqualTo(scenario.name());
    assertThat(result.figures()).isNotEmpty();
    result.figures().values().forEach(value -> assertThat(value).isFinite());
    if (scenario.name().equals("mixed")) {
      assertThat(Files.readAllLines(directory.resolve("mixed.csv"))).hasSizeGreaterThan(1);
    }
    if (scenario.name().startsWith("keys")) {
      assertThat(result.figures().get("events")).isPositive();
    }
  }

  @Test
  void stillRuns() {
    assertThat(site.relay().isAlive()).isTrue();
  }
}
