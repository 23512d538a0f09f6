// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.site.GuestPlan;
import io.pveconsole.bench.load.site.Session;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.GrantPolicy;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The relay's processor time for an event under each policy. The filter itself cannot be switched
 * off: it parses every message under all of them.
 */
record FilterScenario() implements Scenario {

  private static final int ROUNDS = 3;
  private static final double EVENTS_PER_SECOND = 200;
  private static final double MICROS_PER_MILLI = 1000;

  @Override
  public String name() {
    return "filter";
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(
        TargetList.of("all", GuestPlan.ECHO, scale.people()),
        TargetList.of(
            "no-clipboard",
            GuestPlan.ECHO,
            scale.people(),
            new GrantPolicy(false, ClipboardPolicy.None)),
        TargetList.of(
            "view-only",
            GuestPlan.ECHO,
            scale.people(),
            new GrantPolicy(true, ClipboardPolicy.None)));
  }

  /** The first round warms up; of the others the one with the least counts. */
  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (TargetList list : lists(scale)) {
        double micros = microsPerEvent(site, scale, list);
        if (round > 0) {
          String name = list.name().replace('-', '_') + "_relay_cpu_us_per_event";
          figures.merge(name, micros, Math::min);
        }
      }
    }
    return new Result(name(), figures, site.troubles().all());
  }

  private static double microsPerEvent(Site site, Scale scale, TargetList list)
      throws IOException, InterruptedException {
    List<Session> sessions = site.sessions(list.name());
    try (Keyboards keyboards = new Keyboards(site.people(), site.troubles())) {
      if (list.policy().viewOnly()) {
        keyboards.typeInVain(sessions, EVENTS_PER_SECOND);
      } else {
        keyboards.type(sessions, EVENTS_PER_SECOND);
      }
      long before = keyboards.sent();
      Window window = Window.begin(site).last(scale.time());
      return window.relayCpuMillis() * MICROS_PER_MILLI / Math.max(1, keyboards.sent() - before);
    }
  }
}
