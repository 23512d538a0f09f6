// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import io.pveconsole.simulator.screen.Framebuffer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Sends one ready-made update of the whole picture over and over, and echoes input between. */
final class FirehoseUpdates implements Updates {
  private static final byte GREY = (byte) 0xa5;
  private static final int HEADERS = 16;

  /** How far it may fall behind its rate and still catch up. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DataOutputStream out;
  private final EchoUpdates echo;
  private final byte[] update;
  private final long gapNanos;
  private final ReentrantLock writing = new ReentrantLock();
  private final CountDownLatch requested = new CountDownLatch(1);
  private volatile boolean stopped;

  FirehoseUpdates(Framebuffer frame, DataOutputStream out, long bytesPerSecond) {
    this.out = out;
    this.echo = new EchoUpdates(out);
    this.update = update(frame.width(), frame.height());
    this.gapNanos =
        bytesPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(update.length) / bytesPerSecond;
  }

  private static byte[] update(int width, int height) {
    byte[] bytes = new byte[HEADERS + width * height * Integer.BYTES];
    Arrays.fill(bytes, GREY);
    ByteBuffer.wrap(bytes)
        .putInt(1)
        .putInt(0)
        .putShort((short) width)
        .putShort((short) height)
        .putInt(0);
    return bytes;
  }

  @Override
  public void request(boolean incremental, int x, int y, int width, int height) {
    requested.countDown();
  }

  @Override
  public void input(int what) throws IOException {
    writing.lock();
    try {
      echo.input(what);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void run() throws IOException {
    try {
      requested.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    long due = System.nanoTime();
    while (!stopped) {
      send();
      due = Math.max(due + gapNanos, System.nanoTime() - LATE_NANOS);
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void send() throws IOException {
    writing.lock();
    try {
      out.write(update);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void stop() {
    stopped = true;
    requested.countDown();
  }
}
