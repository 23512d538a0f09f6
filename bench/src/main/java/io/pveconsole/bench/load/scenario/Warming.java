// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import io.pveconsole.bench.load.Scale;
import io.pveconsole.bench.load.figures.Latencies;
import io.pveconsole.bench.load.site.GuestPlan;
import io.pveconsole.bench.load.site.Site;
import io.pveconsole.bench.peer.TargetList;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Makes a relay what it is after a while: its hot code compiled, its pools filled. */
public final class Warming {

  private static final String OPENED = "warm-open";
  private static final String TYPED = "warm-keys";
  private static final String WATCHED = "warm-bulk";
  private static final double EVENTS_PER_SECOND = 100;

  private Warming() {}

  /** The sessions that it needs. */
  public static List<TargetList> lists() {
    return List.of(
        TargetList.of(OPENED, GuestPlan.WARM_ECHO, 2 * GuestPlan.WARM_ECHO.size()),
        TargetList.of(TYPED, GuestPlan.WARM_ECHO, GuestPlan.WARM_ECHO.size()),
        TargetList.of(WATCHED, GuestPlan.WARM_FIREHOSE, GuestPlan.WARM_FIREHOSE.size()));
  }

  /** Opens consoles for a time, and watches and types for as long. */
  public static void run(Site site, Scale scale) throws IOException, InterruptedException {
    if (scale.warm().isZero()) {
      return;
    }
    new OpenLoop(
            site.people(), site.sessions(OPENED), site.troubles(), new Latencies(), Duration.ZERO)
        .run(scale.clients(), scale.warm());
    try (Audience audience = Audience.watch(site.readers(), site.sessions(WATCHED));
        Keyboards keyboards =
            new Keyboards(site.people(), site.troubles())
                .type(site.sessions(TYPED), EVENTS_PER_SECOND)) {
      Thread.sleep(scale.warm());
    }
  }
}
