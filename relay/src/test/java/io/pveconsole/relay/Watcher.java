// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * A user who only watches: it opens the console, and after each end that is not final it comes back
 * with a fresh socket after the page's back-off, until there is a picture.
 */
final class Watcher {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int MAX_SECONDS = 30;

  private final Browser browser;
  private final Random random = new Random(7);
  private final List<String> ends = new ArrayList<>();
  private ConsoleSocket socket;

  Watcher(Browser browser) {
    this.browser = browser;
    this.socket = browser.open();
    if (!picture()) {
      throw new AssertionError("no first picture: " + ends);
    }
  }

  ConsoleSocket socket() {
    return socket;
  }

  /** How each console ended so far, as {@code CODE REASON}. */
  List<String> ends() {
    return ends;
  }

  /**
   * Watches until the present console has ended and another one shows a picture.
   *
   * @return the time since the call began
   */
  Duration heals() {
    long began = System.nanoTime();
    awaitEnd();
    for (int failures = 1; ; failures++) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new AssertionError("not healed: " + ends);
      }
      pause(failures);
      socket = browser.open();
      if (picture()) {
        return Duration.ofNanos(System.nanoTime() - began);
      }
    }
  }

  /** Waits for the end of the present console. */
  void awaitEnd() {
    Awaitility.await("the end").atMost(LIMIT).until(socket::isClosed);
    ended();
  }

  private void ended() {
    int code = socket.closeCode();
    ends.add(code + " " + socket.closeReason());
    if (code >= 4000 && code < 4100) {
      throw new AssertionError("a final end: " + ends);
    }
  }

  /** The page's: full jitter between 1 s and a ceiling that doubles up to 30 s. */
  private void pause(int failures) {
    int ceiling = Math.min(MAX_SECONDS, 2 << Math.min(failures, 5));
    long millis = 1000 + (long) (random.nextDouble() * (ceiling - 1) * 1000);
    long end = System.nanoTime() + millis * 1_000_000;
    Awaitility.await("the back-off").atMost(LIMIT).until(() -> System.nanoTime() > end);
  }

  private boolean picture() {
    Awaitility.await("an answer").atMost(LIMIT).until(() -> socket.isClosed() || has("ready"));
    if (!has("ready")) {
      ended();
      return false;
    }
    socket.handshake();
    socket.requestUpdate(false);
    return socket.read(4).getByte(0) == 0;
  }

  private boolean has(String type) {
    return socket.controls().stream()
        .map(JsonObject::copy)
        .anyMatch(m -> type.equals(m.getString("t")));
  }
}
