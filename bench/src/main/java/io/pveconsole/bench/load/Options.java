// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import io.pveconsole.bench.load.scenario.Scenario;
import io.pveconsole.bench.load.site.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line, and what the script tells by the environment. */
record Options(List<Scenario> scenarios, Scale scale, Settings settings) {

  static final String RELAY = "PVECONSOLE_LOAD_RELAY";
  static final String USAGE =
      "bench/load [SCENARIO...] [--seconds N] [--warm N] [--idle N] [--relay-cpus LIST]"
          + " [--load-cpus LIST] [--out DIR]; scenarios: "
          + Scenario.all().stream().map(Scenario::name).collect(Collectors.joining(" "));

  private static final int MOST_SECONDS = 7000;
  private static final int MOST_IDLE = 5000;

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static Options parse(List<String> arguments, Map<String, String> environment) {
    List<Scenario> scenarios = new ArrayList<>();
    Scale scale = Scale.USUAL;
    Path out = Path.of("load");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (!argument.startsWith("--")) {
        scenarios.add(scenario(argument));
        continue;
      }
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(argument + " needs a value");
      }
      String value = rest.next();
      switch (argument) {
        case "--seconds" -> scale = scale.withTime(seconds(argument, value, 1));
        case "--warm" -> scale = scale.withWarm(seconds(argument, value, 0));
        case "--idle" -> scale = scale.withIdle(number(argument, value, 1, MOST_IDLE));
        case "--out" -> out = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    return new Options(
        scenarios.isEmpty() ? Scenario.all() : scenarios,
        scale,
        new Settings(relay(environment), Map.of(), out.toAbsolutePath()));
  }

  private static Scenario scenario(String name) {
    return Scenario.all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown scenario " + name));
  }

  private static Duration seconds(String name, String value, int least) {
    return Duration.ofSeconds(number(name, value, least, MOST_SECONDS));
  }

  private static int number(String name, String value, int least, int most) {
    if (value.matches("\\d{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        name + " is a number from " + least + " to " + most + ", not " + value);
  }

  private static List<String> relay(Map<String, String> environment) {
    String lines = environment.getOrDefault(RELAY, "");
    if (lines.isBlank()) {
      throw new IllegalArgumentException(RELAY + " is not set: start it by bench/load");
    }
    return lines.lines().toList();
  }
}
