// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import io.pveconsole.bench.load.figures.Latencies;
import io.pveconsole.bench.load.figures.Troubles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who types and moves the mouse at random times, whether or not the guest has answered
 * already. Each answer is matched with its event: they come in order. Belongs to the event loop of
 * its console.
 */
public final class KeySender implements ScreenEvents {

  private static final int MOST_UNANSWERED = 5000;
  private static final int KINDS = 4;
  private static final int LETTERS = 26;
  private static final int SCREEN = 60;

  /** Of an update of one pixel. */
  private static final int ECHO_BYTES = 20;

  private final double meanMillis;
  private final Latencies latencies;
  private final Troubles troubles;
  private final LongConsumer bytes;
  private final Deque<Sent> unanswered = new ArrayDeque<>();
  private final LongAdder sent = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private @Nullable OpenConsole console;
  private int count;
  private boolean answered = true;
  private volatile boolean stopped;

  private record Sent(int what, long nanos) {}

  /**
   * A person who is quick or slow.
   *
   * @param perSecond events, on average
   * @param bytes hears of the updates that are no answers
   */
  public KeySender(double perSecond, Latencies latencies, Troubles troubles, LongConsumer bytes) {
    this.meanMillis = TimeUnit.SECONDS.toMillis(1) / perSecond;
    this.latencies = latencies;
    this.troubles = troubles;
    this.bytes = bytes;
  }

  /** Expects no answers, as where input is not allowed. */
  public KeySender unanswered() {
    answered = false;
    return this;
  }

  /** Begins. */
  public void start(OpenConsole opened) {
    opened.run(
        () -> {
          console = opened;
          next(opened);
        });
  }

  /** Sends nothing more. */
  public void stop() {
    stopped = true;
  }

  /** How many events were sent. */
  public long sent() {
    return sent.sum();
  }

  /** How many of them have no answer yet. */
  public long waiting() {
    return waiting.sum();
  }

  private void next(OpenConsole opened) {
    double wait = -Math.log(1 - ThreadLocalRandom.current().nextDouble()) * meanMillis;
    long unused =
        opened.setTimer(
            Math.max(1, Math.round(wait)),
            () -> {
              if (!stopped) {
                send(opened);
                next(opened);
              }
            });
  }

  private void send(OpenConsole opened) {
    int round = count / KINDS;
    int what;
    if (count % KINDS < 2) {
      what = 'a' + round % LETTERS;
      opened.key(what, count % KINDS == 0);
    } else {
      int x = count % SCREEN;
      what = x << 16 | round % SCREEN;
      opened.pointer(x, round % SCREEN);
    }
    count++;
    sent.increment();
    if (!answered) {
      return;
    }
    if (unanswered.size() == MOST_UNANSWERED) {
      troubles.add(MOST_UNANSWERED + " events without an answer");
      stopped = true;
      return;
    }
    waiting.increment();
    unanswered.add(new Sent(what, System.nanoTime()));
  }

  @Override
  public void echo(int what) {
    Sent first = unanswered.poll();
    if (first == null || first.what != what) {
      troubles.add("an answer to another event: " + what + " instead of " + first);
      return;
    }
    waiting.decrement();
    latencies.record(System.nanoTime() - first.nanos);
  }

  @Override
  public void update(int length) {
    if (length > ECHO_BYTES) {
      bytes.accept(length);
      OpenConsole opened = console;
      if (opened != null) {
        opened.request();
      }
    }
  }
}
