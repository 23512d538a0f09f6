// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes all that a guest sends, and asks for more after each update. */
public final class BulkReader implements Reader {

  private final LongAdder bytes = new LongAdder();
  private volatile @Nullable OpenConsole console;

  @Override
  public void start(OpenConsole opened) {
    console = opened;
  }

  @Override
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
}
