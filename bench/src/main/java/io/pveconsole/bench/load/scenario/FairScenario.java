// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Jain;
import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.site.GuestPlan;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Eight consoles of 5 MB/s each, without and with a ninth that takes all it can get; then nine that
 * all take what they can get. Two people type meanwhile.
 */
record FairScenario() implements Scenario {

  private static final int GREEDY = 9;
  private static final int PEOPLE = 2;
  private static final double EVENTS_PER_SECOND = 50;

  @Override
  public String name() {
    return "fair";
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(
        TargetList.of("equal", GuestPlan.STEADY, GuestPlan.STEADY.size()),
        TargetList.of("greedy", GuestPlan.FIREHOSE, GREEDY),
        TargetList.of("fair-keys", GuestPlan.ECHO, PEOPLE));
  }

  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    try (Keyboards keyboards =
        new Keyboards(site.people(), site.troubles())
            .type(site.sessions("fair-keys"), EVENTS_PER_SECOND)) {
      try (Audience equal = Audience.watch(site.readers(), site.sessions("equal"))) {
        measure(scale, keyboards, equal, "alone_", figures);
        try (Audience greedy =
            Audience.watch(site.readers(), site.sessions("greedy").subList(0, 1))) {
          greedy.mark();
          measure(scale, keyboards, equal, "beside_greedy_", figures);
          figures.put("greedy_mb_per_s", greedy.rate());
        }
      }
      try (Audience all = Audience.watch(site.readers(), site.sessions("greedy"))) {
        measure(scale, keyboards, all, "all_greedy_", figures);
      }
    }
    return new Result(name(), figures, site.troubles().all());
  }

  private static void measure(
      Scale scale,
      Keyboards keyboards,
      Audience audience,
      String prefix,
      Map<String, Double> figures)
      throws InterruptedException {
    Thread.sleep(scale.time().dividedBy(5));
    keyboards.latencies().reset();
    audience.mark();
    Thread.sleep(scale.time());
    List<Double> rates = audience.rates();
    figures.put(
        prefix + "least_mb_per_s", rates.stream().mapToDouble(Double::doubleValue).min().orElse(0));
    figures.put(
        prefix + "mean_mb_per_s",
        rates.stream().mapToDouble(Double::doubleValue).average().orElse(0));
    figures.put(prefix + "jain", Jain.index(rates));
    keyboards.latencies().putInto(figures, prefix + "key_");
  }
}
