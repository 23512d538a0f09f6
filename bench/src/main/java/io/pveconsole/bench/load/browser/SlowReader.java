// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes no more than so many bytes a second, as one behind a thin line. */
public final class SlowReader implements Reader {

  private final long bytesPerSecond;
  private final LongAdder bytes = new LongAdder();
  private @Nullable OpenConsole console;
  private long free = System.nanoTime();
  private boolean resting;

  /** A line of so many bytes a second. */
  public SlowReader(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public void start(OpenConsole opened) {
    opened.run(() -> console = opened);
  }

  @Override
  public long bytes() {
    return bytes.sum();
  }

  @Override
  public void update(int length) {
    bytes.add(length);
    OpenConsole opened = console;
    if (opened == null) {
      return;
    }
    opened.request();
    free = Math.max(free, System.nanoTime()) + TimeUnit.SECONDS.toNanos(length) / bytesPerSecond;
    if (!resting) {
      resting = true;
      opened.reading(false);
      rest(opened);
    }
  }

  private void rest(OpenConsole opened) {
    long left = TimeUnit.NANOSECONDS.toMillis(free - System.nanoTime());
    if (left <= 0) {
      resting = false;
      opened.reading(true);
      return;
    }
    long unused = opened.setTimer(left, () -> rest(opened));
  }
}
