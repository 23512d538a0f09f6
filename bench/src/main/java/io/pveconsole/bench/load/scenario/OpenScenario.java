// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Latencies;
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

/** Opens of consoles as quickly as they go, first by one client, then by several. */
record OpenScenario() implements Scenario {

  /** A session may be opened twenty times a second. */
  private static final int SESSIONS_EACH = 8;

  @Override
  public String name() {
    return "open";
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(TargetList.of("open", GuestPlan.ECHO, SESSIONS_EACH * scale.clients()));
  }

  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    measure(site, scale, 1, "one_", figures);
    measure(site, scale, scale.clients(), "", figures);
    return new Result(name(), figures, site.troubles().all());
  }

  private static void measure(
      Site site, Scale scale, int clients, String prefix, Map<String, Double> figures)
      throws IOException {
    List<Session> sessions = site.sessions("open");
    Latencies latencies = new Latencies();
    Window window = Window.begin(site);
    new OpenLoop(site.people(), sessions, site.troubles(), latencies, Duration.ZERO)
        .run(clients, scale.time());
    double cpu = window.relayCpuMillis();
    latencies.putInto(figures, prefix);
    figures.put(prefix + "opens_per_s", latencies.count() / window.seconds());
    figures.put(prefix + "relay_cpu_ms_per_open", cpu / Math.max(1, latencies.count()));
  }
}
