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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a relay does all day, at once: people who type, watch, read slowly, come and go. Nothing of
 * the relay may grow meanwhile.
 */
record MixedScenario() implements Scenario {

  private static final int TYPING = 4;
  private static final int WATCHING = 4;
  private static final int SLOW = 8;
  private static final int COMING = 32;
  private static final double EVENTS_PER_SECOND = 20;

  /** Between an open and the next of each client. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** After so long everybody leaves and comes again. */
  private static final Duration SHIFT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public List<TargetList> lists(Scale scale) {
    return List.of(
        TargetList.of("mixed-keys", GuestPlan.ECHO.subList(0, TYPING), TYPING),
        TargetList.of("mixed-open", GuestPlan.ECHO.subList(TYPING, TYPING + COMING), COMING),
        TargetList.of("mixed-bulk", GuestPlan.STEADY, WATCHING),
        TargetList.of("mixed-slow", GuestPlan.FIREHOSE, SLOW));
  }

  @Override
  public Result run(Site site, Scale scale, Path out) throws IOException, InterruptedException {
    Latencies opens = new Latencies();
    Latencies keys = new Latencies();
    List<Sample> samples = new ArrayList<>();
    long end = System.nanoTime() + scale.time().toNanos();
    Shifts shifts = new Shifts(site, SHIFT, end);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SampleFile file = new SampleFile(out.resolve("mixed.csv"))) {
      threads.execute(
          () ->
              new OpenLoop(
                      site.people(), site.sessions("mixed-open"), site.troubles(), opens, PAUSE)
                  .run(scale.clients(), scale.time()));
      threads.execute(() -> shifts.repeat(until -> type(site, keys, until)));
      threads.execute(() -> shifts.repeat(until -> watch(site, until)));
      threads.execute(() -> shifts.repeat(until -> readSlowly(site, until)));
      try {
        sample(new Sampler(site, opens, keys), scale.sample(), end, samples, file);
      } catch (IOException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("opens", samples.stream().mapToDouble(Sample::opens).sum());
    figures.put("samples", (double) samples.size());
    for (Growth growth : Growth.of(samples)) {
      growth.judge(figures, site.troubles());
    }
    return new Result(name(), figures, site.troubles().all());
  }

  private static void sample(
      Sampler sampler, Duration each, long end, List<Sample> samples, SampleFile file)
      throws IOException, InterruptedException {
    while (System.nanoTime() + each.toNanos() < end) {
      Thread.sleep(each);
      Sample sample = sampler.take();
      samples.add(sample);
      file.add(sample);
    }
  }

  private static void type(Site site, Latencies latencies, Shifts.Until until)
      throws IOException, InterruptedException {
    List<Session> sessions = site.sessions("mixed-keys");
    try (Keyboards keyboards =
        new Keyboards(site.people(), site.troubles(), latencies)
            .type(sessions, EVENTS_PER_SECOND)) {
      until.await();
    }
  }

  private static void watch(Site site, Shifts.Until until)
      throws IOException, InterruptedException {
    try (Audience audience = Audience.watch(site.readers(), site.sessions("mixed-bulk"))) {
      until.await();
    }
  }

  private static void readSlowly(Site site, Shifts.Until until)
      throws IOException, InterruptedException {
    try (Audience audience = Audience.watchSlowly(site.slow(), site.sessions("mixed-slow"))) {
      until.await();
    }
  }
}
