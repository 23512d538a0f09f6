// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import io.pveconsole.relay.rfb.ClientFilter;
import io.pveconsole.relay.rfb.ClientPolicy;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The browser's way to the guest. One filter belongs to one event loop, as in the relay. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClientFilterBenchmark {

  private static final int CUT_TEXT_BYTES = 64 * 1024;
  private static final int BURST = 16;

  private final ClientFilter open = filter(false);
  private final ClientFilter viewOnly = filter(true);
  private final ClientFilter interrupted = filter(false);
  private final Buffer move = RfbMessages.pointer(0, 640, 400);
  private final Buffer head = move.getBuffer(0, 3);
  private final Buffer tail = move.getBuffer(3, move.length());
  private final Buffer keystroke =
      RfbMessages.key(true, 'a', 30).appendBuffer(RfbMessages.key(false, 'a', 30));
  private final Buffer burst = requestAndMoves();
  private final Buffer cutText = RfbMessages.cutText(new byte[CUT_TEXT_BYTES]);
  private long inputs;

  private ClientFilter filter(boolean withoutInput) {
    return new ClientFilter(
        new ClientPolicy(withoutInput, true, true), () -> false, () -> inputs++);
  }

  private static Buffer requestAndMoves() {
    Buffer all = RfbMessages.updateRequest(1280, 800);
    for (int i = 0; i < BURST; i++) {
      all.appendBuffer(RfbMessages.pointer(1, 100 + i, 200 + i));
    }
    return all;
  }

  /** One movement of the mouse: the most frequent message of all. */
  @Benchmark
  public Buffer move() {
    return open.feed(move);
  }

  /** A key down and up, remembered and forgotten. */
  @Benchmark
  public Buffer keystroke() {
    return open.feed(keystroke);
  }

  /** An update request and 16 movements in one WebSocket message. */
  @Benchmark
  public Buffer burst() {
    return open.feed(burst);
  }

  /** A message that arrives in two parts; returns what the second one completes. */
  @Benchmark
  public Buffer moveInTwoParts() {
    Buffer nothing = interrupted.feed(head);
    return interrupted.feed(tail).appendBuffer(nothing);
  }

  /** A movement that a viewer may not make. */
  @Benchmark
  public Buffer moveDropped() {
    return viewOnly.feed(move);
  }

  /** 64 KiB of text into the guest. */
  @Benchmark
  public Buffer cutText() {
    return open.feed(cutText);
  }

  /** Input that was counted as presence. */
  long inputs() {
    return inputs;
  }
}
