// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many people who open their sessions at the same moment, half through each relay, and come back
 * after a close that is not final, as the page does.
 */
record Crowd(List<String> failures, int people, int retries, Duration took) {
  private static final int TRIES = 6;
  private static final int FIRST_FINAL = 4000;
  private static final int FIRST_RETRY = 4100;
  private static final Duration PICTURE = Duration.ofSeconds(120);

  /** One person's way: how many times it came back, and why it gave up. */
  private record Way(int retries, String failure) {}

  static Crowd open(List<RelayCalls> relays, List<SessionLink> links)
      throws IOException, InterruptedException, ExecutionException {
    List<String> cookies = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      RelayCalls relay = relays.get(i % relays.size());
      cookies.add(relay.redeem(links.get(i), RelayCalls.nonce()).cookieHeader());
    }
    long start = System.nanoTime();
    List<Callable<Way>> people = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      int number = i;
      RelayCalls relay = relays.get(i % relays.size());
      people.add(() -> way(relay, links.get(number), cookies.get(number)));
    }
    List<String> failures = new ArrayList<>();
    int retries = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Way> done : threads.invokeAll(people)) {
        retries += done.get().retries();
        if (!done.get().failure().isEmpty()) {
          failures.add(done.get().failure());
        }
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Crowd(failures, links.size(), retries, took);
  }

  private static Way way(RelayCalls relay, SessionLink link, String cookies) throws Exception {
    String heard = "";
    for (int i = 0; i < TRIES; i++) {
      try {
        PlainConsole console = relay.open(link, cookies);
        if (console.pictureOrClose(PICTURE)) {
          console.abort();
          return new Way(i, "");
        }
        heard = link.name() + " " + console.closeCode() + " " + console.closeReason();
        if (console.closeCode() >= FIRST_FINAL && console.closeCode() < FIRST_RETRY) {
          break;
        }
      } catch (IOException e) {
        heard = link.name() + " " + refusal(e); // before the upgrade: 1006 for a page
      }
      Thread.sleep(1000 + (long) (Math.random() * 1000 * (2 << i)));
    }
    return new Way(TRIES, heard);
  }

  private static String refusal(IOException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof WebSocketHandshakeException refused) {
        return "HTTP " + refused.getResponse().statusCode();
      }
    }
    return thrown.toString();
  }

  String figures() {
    return String.format(
        Locale.ROOT,
        "%d opens of one guest at once through two replicas: %.1f s, %d came back",
        people,
        took.toMillis() / 1000.0,
        retries);
  }
}
