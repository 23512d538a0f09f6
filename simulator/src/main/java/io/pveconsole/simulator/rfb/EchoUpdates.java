// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Answers each event with the upper left pixel, whose four bytes are those of the event. */
final class EchoUpdates implements Updates {
  private final DataOutputStream out;
  private final CountDownLatch stopped = new CountDownLatch(1);

  EchoUpdates(DataOutputStream out) {
    this.out = out;
  }

  @Override
  public void request(boolean incremental, int x, int y, int width, int height) {}

  @Override
  public void input(int what) throws IOException {
    out.writeInt(1);
    out.writeInt(0);
    out.writeShort(1);
    out.writeShort(1);
    out.writeInt(0);
    out.writeInt(what);
    out.flush();
  }

  @Override
  public void run() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
  }
}
