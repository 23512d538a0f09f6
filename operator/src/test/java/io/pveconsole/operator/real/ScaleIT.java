// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many sessions at once, for an operator in a process of its own; figures go to target/scale.txt.
 */
@ExtendWith(RealCluster.Extension.class)
class ScaleIT {

  private static final int THREADS = 16;
  private static final String[] AS_IN_THE_IMAGE = {
    "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1", "-Xmx256m"
  };

  private final Load load = Load.asked();
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final Map<String, Duration> ready = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final List<String> figures = new CopyOnWriteArrayList<>();
  private final RealCluster cluster;
  private final Team team;

  ScaleIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  @AfterEach
  void leave() {
    team.leave();
  }

  @Test
  void manySessionsBecomeReadySoonAndCostLittle() throws Exception {
    foreignSecrets();
    try (OperatorProcess operator = OperatorProcess.start(cluster, Map.of(), AS_IN_THE_IMAGE)) {
      team.readyHost("pve", "sessionPolicy: {maxSessions: 100000, maxSessionsPerUser: 100000}");
      note("heap before", mebibytes(operator.heapInUse()));
      CpuTimes cpu = CpuTimes.now(operator);
      try (ReadyWatch watch =
          ReadyWatch.on(cluster, team.namespace(), this::noteReady, this::noteLoss)) {
        create();
        Awaitility.await("all are Ready")
            .atMost(Team.LIMIT.plus(load.slowest()))
            .until(() -> ready.size() == load.sessions());
      }
      Percentiles times = Percentiles.of(ready.values());
      note("create to Ready", times.toString());
      note("of the first tenth, with the JVM still cold", tenth(1));
      note("of the last tenth", tenth(10));
      note("processor time, each session", CpuTimes.now(operator).since(cpu, load.sessions()));
      long heap = operator.heapInUse();
      note("heap with " + load.sessions() + " sessions", mebibytes(heap));

      new Quiet(cluster).await();
      List<String> before = cluster.audit().writes(RealCluster.OPERATOR);
      Awaitility.await("rest")
          .pollDelay(load.rest())
          .atMost(load.rest().plusSeconds(30))
          .until(() -> true);
      List<String> after = cluster.audit().writes(RealCluster.OPERATOR);
      note("writes at rest in " + load.rest().toSeconds() + " s", after.size() - before.size());

      Percentiles deletions = deletions();
      note("delete to grant gone", deletions.toString());
      assertThat(after).as("nothing to write").isEqualTo(before);
      assertThat(heap).isLessThan(load.heap());
      assertThat(times.at(50)).isLessThan(load.median());
      assertThat(times.at(99)).isLessThan(load.slowest());
      assertThat(deletions.at(99)).isLessThan(load.deletion());
    }
  }

  private Percentiles tenth(int number) {
    int size = load.sessions() / 10;
    return Percentiles.of(
        IntStream.range((number - 1) * size, number * size)
            .mapToObj(i -> ready.get("s" + i))
            .toList());
  }

  /** In the file at once: whoever ends the test early has what there is. */
  private void note(String what, Object figure) {
    figures.add(what + ": " + figure);
    System.out.println(figures.getLast());
    try {
      Files.write(Path.of("target", "scale.txt"), figures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  private void foreignSecrets() throws InterruptedException {
    String data = "c2VjcmV0".repeat(256);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < load.foreignSecrets(); i++) {
        String name = "foreign-" + i;
        threads.execute(
            () ->
                cluster
                    .admin()
                    .resource(
                        new SecretBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(team.namespace())
                            .endMetadata()
                            .withData(Map.of("key", data))
                            .build())
                    .create());
      }
    }
  }

  private void create() {
    AtomicInteger next = new AtomicInteger();
    long period = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      var ticks =
          clock.scheduleAtFixedRate(
              () -> {
                String name = "s" + next.getAndIncrement();
                if (asked.size() < load.sessions()) {
                  asked.put(name, System.nanoTime());
                  ask(name);
                }
              },
              0,
              period,
              TimeUnit.NANOSECONDS);
      Awaitility.await("all are asked for")
          .atMost(Duration.ofSeconds(60L + 2L * load.sessions() / load.perSecond()))
          .until(() -> asked.size() == load.sessions() || !refused.isEmpty());
      ticks.cancel(false);
      assertThat(refused).isEmpty();
      note("all asked for in", elapsed(asked.get("s0")).toSeconds() + " s");
    }
  }

  /** Without the objects of the client: the test is to use little of the machine it shares. */
  private void ask(String name) {
    String session =
        """
        {"apiVersion":"pveconsole.io/v1alpha1","kind":"ConsoleSession","metadata":{"name":"%s"},
         "spec":{"hostRef":{"name":"pve"},"target":{"vmid":101}}}
        """
            .formatted(name);
    String path = "apis/pveconsole.io/v1alpha1/namespaces/%s/consolesessions";
    HttpClient http = cluster.admin().getHttpClient();
    http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(cluster.url() + path.formatted(team.namespace()))
                .post("application/json", session)
                .build(),
            String.class)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null || !answer.isSuccessful()) {
                refused.add(name + ": " + (failure == null ? answer.body() : failure));
              }
            });
  }

  private void noteReady(String name) {
    ready.computeIfAbsent(name, key -> elapsed(asked.get(key)));
  }

  private void noteLoss(String why) {
    note("a watch of the test was lost", why);
  }

  private static Duration elapsed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private Percentiles deletions() {
    Map<String, Duration> gone = new ConcurrentHashMap<>();
    Map<String, Long> start = new ConcurrentHashMap<>();
    try (Watch watch =
        watch(
            ConsoleGrant.class,
            (action, grant) -> {
              Long since = start.get(grant.getMetadata().getName());
              if (action == Watcher.Action.DELETED && since != null) {
                gone.put(grant.getMetadata().getName(), elapsed(since));
              }
            })) {
      for (int i = 0; i < load.deletions(); i++) {
        ConsoleSession session = team.at(ConsoleSession.class, "s" + i).get();
        start.put(session.getMetadata().getUid(), System.nanoTime());
        team.at(ConsoleSession.class, "s" + i).delete();
        until("the grant goes", () -> gone.containsKey(session.getMetadata().getUid()));
      }
    }
    return Percentiles.of(gone.values());
  }

  /** From now on: what is there already would come first, and take the test seconds to read. */
  private <T extends HasMetadata> Watch watch(Class<T> type, BiConsumer<Watcher.Action, T> seen) {
    var all = cluster.admin().resources(type).inNamespace(team.namespace());
    String now =
        all.list(new ListOptionsBuilder().withLimit(1L).build()).getMetadata().getResourceVersion();
    return all.watch(
        new ListOptionsBuilder().withResourceVersion(now).build(),
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, T object) {
            seen.accept(action, object);
          }

          @Override
          public void onClose(WatcherException cause) {
            noteLoss(String.valueOf(cause));
          }
        });
  }
}
