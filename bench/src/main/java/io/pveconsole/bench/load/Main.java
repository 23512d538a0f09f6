// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.scenario.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Loads a real relay from end to end; bench/load starts it. */
public final class Main {

  private static final int BAD = 1;
  private static final int USAGE = 2;

  private Main() {}

  /** Ends with 1 when anything went wrong or grew, with 2 when the arguments make no sense. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err)
      throws InterruptedException {
    Options options;
    try {
      options = Options.parse(arguments, environment);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(Options.USAGE);
      return USAGE;
    }
    try (Load load = new Load(options.settings())) {
      return run(load, options, out);
    } catch (IOException e) {
      err.println(e.getMessage());
      return BAD;
    }
  }

  private static int run(Load load, Options options, PrintStream out)
      throws IOException, InterruptedException {
    Report report = new Report(out, options.settings().directory());
    boolean good = true;
    for (Scenario scenario : options.scenarios()) {
      Result result = load.run(scenario, options.scale());
      report.add(result);
      good &= result.isGood();
    }
    return good ? 0 : BAD;
  }
}
