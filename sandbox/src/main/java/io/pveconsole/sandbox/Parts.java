// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be closed in the opposite order, whatever happens. Thread-safe. */
final class Parts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /** Notes a part; one that comes after the end is closed at once. */
  synchronized <T extends AutoCloseable> T add(T part) {
    if (closed) {
      close(part);
    } else {
      started.push(part);
    }
    return part;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  /** One part that cannot be closed must not keep the others running. */
  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.atWarn()
          .addKeyValue("part", part.getClass().getSimpleName())
          .setCause(e)
          .log("Not closed");
    }
  }
}
