// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.site.GuestPlan;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Readers of 50 kB/s each whose guests push all they can; two people type in other sessions. */
record SlowScenario() implements Scenario {

  private static final int PEOPLE = 2;
  private static final double EVENTS_PER_SECOND = 50;
  private static final double KILO = 1e3;

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(
        TargetList.of("slow", GuestPlan.FIREHOSE, scale.slow()),
        TargetList.of("slow-keys", GuestPlan.ECHO, PEOPLE));
  }

  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    try (Keyboards keyboards =
        new Keyboards(site.people(), site.troubles())
            .type(site.sessions("slow-keys"), EVENTS_PER_SECOND)) {
      double before = Memory.settled(site);
      measure(scale, keyboards, "without_", figures);
      try (Audience readers = Audience.watchSlowly(site.slow(), site.sessions("slow"))) {
        Thread.sleep(scale.time());
        readers.mark();
        measure(scale, keyboards, "with_", figures);
        double each = (Memory.settled(site) - before) / scale.slow();
        figures.put("kb_per_s_each", readers.rate() * KILO / scale.slow());
        figures.put("extra_pss_kib_each", each);
      }
    }
    return new Result(name(), figures, site.troubles().all());
  }

  private static void measure(
      Scale scale, Keyboards keyboards, String prefix, Map<String, Double> figures)
      throws InterruptedException {
    keyboards.latencies().reset();
    Thread.sleep(scale.time());
    keyboards.latencies().putInto(figures, prefix + "key_");
  }
}
