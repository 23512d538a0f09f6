// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes all that a guest sends, and asks for more after each update. */
public final class BulkReader implements ScreenEvents {

  private final LongAdder bytes = new LongAdder();
  private volatile @Nullable OpenConsole console;

  /** Begins to ask. */
  public void start(OpenConsole opened) {
    console = opened;
  }

  /** How many bytes of updates have come. */
  public long bytes() {
    return bytes.sum();
  }

  @Override
  public void update(int length) {
    bytes.add(length);
    OpenConsole opened = console;
    if (opened != null) {
      opened.request();
    }
  }

  @Override
  public void echo(int what) {}
}
