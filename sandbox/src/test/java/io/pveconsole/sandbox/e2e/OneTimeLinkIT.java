// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.sandbox.e2e.RelayCalls.Answer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A link works once: 1,000 links, each raced for through two replicas at the same moment, and each
 * has exactly one winner. The API server decides, by a rule on the grant's status.
 */
class OneTimeLinkIT {
  private static final int RACES = 1000;
  private static final int AT_ONCE = 10;

  /** One race in ten has a crowd, the others one racer on each replica. */
  private static final int CROWD = 10;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int NO_CONTENT = 204;

  @TempDir Path directory;

  @Test
  void oneWinnerInEachOfThousandRaces() throws Exception {
    try (Cluster cluster = Cluster.start(directory, 2);
        HttpClient http = RelayCalls.client()) {
      List<RelayCalls> relays =
          cluster.relays().stream().map(relay -> new RelayCalls(http, relay.address())).toList();
      assertThat(relays).hasSize(2);
      long start = System.nanoTime();
      List<SessionLink> links = inParallel(RACES, n -> cluster.create("race-" + n, 101, Map.of()));
      cluster.awaitReady("race-" + (RACES - 1));
      long made = System.nanoTime();
      List<Race> races = inParallel(RACES, n -> race(cluster, relays, links.get(n), n));
      long end = System.nanoTime();
      assertThat(races)
          .allSatisfy(
              race -> {
                assertThat(race.winners()).as("winners among %s", race).hasSize(1);
                assertThat(race.recorded()).isEqualTo(Cluster.sha256(race.winners().getFirst()));
                assertThat(race.others()).isNotEmpty().allMatch(Answer::isReuse);
              });
      System.out.printf(
          Locale.ROOT,
          "one-time link: %d races on two replicas in %.1f s, sessions made in %.1f s%n",
          RACES,
          (end - made) / 1e9,
          (made - start) / 1e9);
      assertThat(Duration.ofNanos(end - made)).isLessThan(Patience.of(Duration.ofSeconds(90)));
    }
  }

  /** What the racers heard, by nonce, and whose nonce the grant holds. */
  private record Race(Map<String, Answer> answers, String recorded) {
    List<String> winners() {
      return answers.entrySet().stream()
          .filter(entry -> entry.getValue().status() == NO_CONTENT)
          .map(Map.Entry::getKey)
          .toList();
    }

    List<Answer> others() {
      return answers.values().stream().filter(answer -> answer.status() != NO_CONTENT).toList();
    }
  }

  private static Race race(Cluster cluster, List<RelayCalls> relays, SessionLink link, int number)
      throws Exception {
    int racers = number % CROWD == 0 ? CROWD : relays.size();
    Map<String, CompletableFuture<Answer>> running = new LinkedHashMap<>();
    for (int i = 0; i < racers; i++) {
      String nonce = RelayCalls.nonce();
      running.put(nonce, relays.get(i % relays.size()).redeemLater(link, nonce));
    }
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<Answer>> racer : running.entrySet()) {
      Answer answer = racer.getValue().get();
      for (int i = 0; answer.status() == TOO_MANY_REQUESTS && i < 100; i++) {
        Thread.sleep(200);
        answer = relays.get(i % relays.size()).redeem(link, racer.getKey());
      }
      answers.put(racer.getKey(), answer);
    }
    return new Race(answers, cluster.grant(link).getStatus().redemption().nonceSha256());
  }

  private interface Numbered<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> inParallel(int count, Numbered<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(() -> work.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> done : threads.invokeAll(all)) {
        results.add(done.get());
      }
      return results;
    }
  }
}
