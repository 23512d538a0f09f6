// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.browser.OpenConsole;
import io.pveconsole.bench.load.browser.ScreenEvents;
import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.site.GuestPlan;
import io.pveconsole.bench.load.site.Session;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many consoles that are open and silent: the memory of the relay before, with and after them. */
record IdleScenario() implements Scenario {

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(TargetList.of("idle", GuestPlan.ECHO, scale.idle()));
  }

  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException {
    double before = Memory.settled(site);
    List<OpenConsole> consoles = openAll(site, scale.clients());
    Window window = Window.begin(site).last(scale.time());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("consoles", (double) consoles.size());
    figures.put("relay_cpu_percent", window.relayCpuPercent());
    double with = Memory.settled(site);
    site.slow().close(consoles);
    double after = Memory.settled(site);
    figures.put("before_pss_mib", before / Memory.KIB_PER_MIB);
    figures.put("with_pss_mib", with / Memory.KIB_PER_MIB);
    figures.put("after_pss_mib", after / Memory.KIB_PER_MIB);
    figures.put("pss_kib_per_console", (with - before) / scale.idle());
    if (consoles.size() < scale.idle()) {
      site.troubles().add("only " + consoles.size() + " consoles were opened");
    }
    return new Result(name(), figures, site.troubles().all());
  }

  private static List<OpenConsole> openAll(Site site, int clients) {
    List<OpenConsole> consoles = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (Session session : site.sessions("idle")) {
        threads.execute(() -> open(site, session, consoles));
      }
    }
    return List.copyOf(consoles);
  }

  private static void open(Site site, Session session, List<OpenConsole> consoles) {
    try {
      session.prepare();
      consoles.add(session.open(site.slow(), ScreenEvents.NONE));
    } catch (IOException e) {
      site.troubles().add(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
