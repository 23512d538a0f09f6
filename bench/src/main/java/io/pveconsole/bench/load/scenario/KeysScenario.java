// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.site.GuestPlan;
import io.pveconsole.bench.load.site.Session;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Eight people type, 50 events/s each; how long until the guest's answer is on their screen. */
record KeysScenario(Bulk bulk) implements Scenario {

  private static final int BULK_CONSOLES = 2;
  private static final double EVENTS_PER_SECOND = 50;
  private static final double MEGA = 1e6;

  /** What is moved at the same time. */
  enum Bulk {
    /** Nothing. */
    NONE("keys"),
    /** 100 MB/s in other sessions. */
    BESIDE("keys-beside-bulk"),
    /** 100 MB/s in the two sessions that are typed in. */
    SAME("keys-in-bulk");

    private final String scenario;

    Bulk(String scenario) {
      this.scenario = scenario;
    }
  }

  @Override
  public String name() {
    return bulk.scenario;
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(
        TargetList.of("keys", GuestPlan.ECHO, scale.people()),
        TargetList.of("bulk", GuestPlan.BULK, BULK_CONSOLES));
  }

  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    List<Session> beside = bulk == Bulk.BESIDE ? site.sessions("bulk") : List.of();
    List<Session> typed = site.sessions(bulk == Bulk.SAME ? "bulk" : "keys");
    try (Audience audience = Audience.watch(site.readers(), beside);
        Keyboards keyboards =
            new Keyboards(site.people(), site.troubles()).type(typed, EVENTS_PER_SECOND)) {
      Thread.sleep(settling(scale));
      keyboards.latencies().reset();
      audience.mark();
      long bytes = keyboards.bulkBytes();
      Window window = Window.begin(site).last(scale.time());
      keyboards.latencies().putInto(figures, "");
      double moved = (keyboards.bulkBytes() - bytes) / window.seconds() / MEGA + audience.rate();
      figures.put("bulk_mb_per_s", moved);
      figures.put("relay_cpu_percent", window.relayCpuPercent());
    }
    return new Result(name(), figures, site.troubles().all());
  }

  private static Duration settling(Scale scale) {
    return scale.time().dividedBy(5);
  }
}
