// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

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

/**
 * The guest's way to the browser, up to the WebSocket, and one frame of the other direction. Here
 * because the scanner is no part of its package's public face.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameScannerBenchmark {

  private static final int FRAME = 64 * 1024;
  private static final int READ = 16 * 1024;
  private static final int SMALL = 1024;
  private static final int SMALL_FRAMES = 32;
  private static final int POINTER_MESSAGE = 6;

  private final FrameScanner scanner = new FrameScanner();
  private final FrameScanner.Events events = new NoEvents();
  private final Buffer small = frame(SMALL);
  private final Buffer large = frame(FRAME);
  private final Buffer batch = batch();
  private final Buffer pointer = Buffer.buffer(new byte[POINTER_MESSAGE]);

  private static Buffer frame(int size) {
    Buffer frame = Buffer.buffer().appendUnsignedByte((short) 0x82);
    if (size < 65_536) {
      frame.appendByte((byte) 126).appendUnsignedShort(size);
    } else {
      frame.appendByte((byte) 127).appendLong(size);
    }
    return frame.appendBytes(new byte[size]);
  }

  private static Buffer batch() {
    Buffer all = Buffer.buffer();
    for (int i = 0; i < SMALL_FRAMES; i++) {
      all.appendBuffer(frame(SMALL));
    }
    return all;
  }

  /** One frame of 1 KiB in one read. */
  @Benchmark
  public Buffer smallFrame() throws FrameScanner.BrokenFrame {
    return scanner.scan(small, events);
  }

  /** One frame of 64 KiB in one read. */
  @Benchmark
  public Buffer largeFrame() throws FrameScanner.BrokenFrame {
    return scanner.scan(large, events);
  }

  /** One frame of 64 KiB in reads of 16 KiB; returns how many bytes of payload came out. */
  @Benchmark
  public int largeFrameInParts() throws FrameScanner.BrokenFrame {
    int payload = 0;
    for (int at = 0; at < large.length(); at += READ) {
      Buffer part = large.slice(at, Math.min(large.length(), at + READ));
      payload += scanner.scan(part, events).length();
    }
    return payload;
  }

  /** 32 frames of 1 KiB in one read, which are joined by copying. */
  @Benchmark
  public Buffer smallFrames() throws FrameScanner.BrokenFrame {
    return scanner.scan(batch, events);
  }

  /** The frame around a movement of the mouse, towards Proxmox. */
  @Benchmark
  public Buffer writeMove() {
    return Frames.binary(pointer);
  }

  private static final class NoEvents implements FrameScanner.Events {

    @Override
    public void pinged(Buffer payload) {
      throw new IllegalStateException("no ping was sent");
    }

    @Override
    public void ponged() {
      throw new IllegalStateException("no pong was sent");
    }

    @Override
    public void peerClosed() {
      throw new IllegalStateException("no close was sent");
    }
  }
}
