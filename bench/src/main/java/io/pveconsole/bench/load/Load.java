// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load;

import io.pveconsole.bench.load.figures.Result;
import io.pveconsole.bench.load.scenario.Scenario;
import io.pveconsole.bench.load.scenario.Warming;
import io.pveconsole.bench.load.site.Processes;
import io.pveconsole.bench.load.site.Proxmox;
import io.pveconsole.bench.load.site.Settings;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs scenarios against one simulated Proxmox, each with a relay of its own. */
final class Load implements AutoCloseable {

  private final Processes processes = new Processes();
  private final Proxmox proxmox;
  private final Settings settings;

  Load(Settings settings) throws IOException, InterruptedException {
    this.settings = settings;
    this.proxmox = new Proxmox(processes, settings.directory().resolve("proxmox"));
  }

  /** Measures one scenario on a fresh relay that was warmed up. */
  Result run(Scenario scenario, Scale scale) throws IOException, InterruptedException {
    List<TargetList> lists = new ArrayList<>(scenario.lists(scale));
    lists.addAll(Warming.lists());
    try (Site site = new Site(processes, proxmox, settings, scenario.name(), lists)) {
      Warming.run(site, scale);
      return scenario.run(site, scale, settings.directory());
    }
  }

  @Override
  public void close() {
    processes.close();
  }
}
