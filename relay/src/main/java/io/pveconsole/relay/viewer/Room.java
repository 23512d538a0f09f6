// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the process's memory has room for: how many consoles, and how much may wait for each browser
 * that is slow. Without it one console too many would end all of them. Safe from any thread.
 */
public final class Room {

  private static final long KIB = 1024;

  /** A relay without sessions. */
  private static final long BASE_BYTES = 16 * 1024 * KIB;

  /** Of the heap; the rest is for what is garbage soon. */
  private static final double LASTING = 0.75;

  /** A session that is known here, and a console that is open; docs/performance.md has figures. */
  private static final long SESSION_BYTES = 6 * KIB;

  private static final long CONSOLE_BYTES = 48 * KIB;

  /** For all slow browsers together: what Java may have beside its heap is as much as the heap. */
  private static final int SHARE_OF_HEAP = 4;

  private static final long MOST_WAITING_BYTES = 192 * KIB;
  private static final long LEAST_WAITING_BYTES = 16 * KIB;
  private static final long MOST_FLOOD_BYTES = 8 * 1024 * KIB;
  private static final long LEAST_FLOOD_BYTES = 512 * KIB;

  private final long heap;
  private final AtomicInteger slow = new AtomicInteger();

  /**
   * Room in a heap.
   *
   * @param heap in bytes, what it may grow to
   */
  public Room(long heap) {
    this.heap = heap;
  }

  /** Room in this process. */
  public static Room ofThisProcess() {
    return new Room(Runtime.getRuntime().maxMemory());
  }

  /**
   * How many consoles may be open.
   *
   * @param sessions how many are known here
   */
  public int consoles(int sessions) {
    long left = (long) (heap * LASTING) - BASE_BYTES - sessions * SESSION_BYTES;
    return (int) Math.max(1, left / CONSOLE_BYTES);
  }

  /** How many bytes may wait for each browser before its guest has to. */
  public long waiting() {
    return Math.clamp(share(), LEAST_WAITING_BYTES, MOST_WAITING_BYTES);
  }

  /** With how many bytes a browser is closed whose guest does not wait. */
  public long flood() {
    return Math.clamp(share(), LEAST_FLOOD_BYTES, MOST_FLOOD_BYTES);
  }

  private long share() {
    return heap / SHARE_OF_HEAP / Math.max(1, slow.get());
  }

  /** One more browser is behind. */
  public void behind() {
    slow.incrementAndGet();
  }

  /** A browser that was behind is not any more, or is gone. */
  public void caughtUp() {
    slow.decrementAndGet();
  }
}
