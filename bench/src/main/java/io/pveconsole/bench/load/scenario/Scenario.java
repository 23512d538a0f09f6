// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One kind of load with what is measured of it. */
public sealed interface Scenario
    permits FairScenario,
        FilterScenario,
        IdleScenario,
        KeysScenario,
        MixedScenario,
        OpenScenario,
        SlowScenario {

  /** What it is called on the command line. */
  String name();

  /** The sessions that it needs. */
  List<TargetList> lists(Scale scale);

  /**
   * Loads a warm relay and measures.
   *
   * @param out for more files than the result
   */
  Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException;

  /** All of them, in the order in which they are run. */
  static List<Scenario> all() {
    return List.of(
        new OpenScenario(),
        new KeysScenario(KeysScenario.Bulk.NONE),
        new KeysScenario(KeysScenario.Bulk.BESIDE),
        new KeysScenario(KeysScenario.Bulk.SAME),
        new FairScenario(),
        new IdleScenario(),
        new SlowScenario(),
        new FilterScenario(),
        new MixedScenario());
  }
}
