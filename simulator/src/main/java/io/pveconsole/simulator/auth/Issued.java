// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The secrets handed out to clients, so that a test can look for them where they must not be. Holds
 * the newest ten thousand. Thread-safe.
 */
public final class Issued {
  private static final int MOST = 10_000;

  private final Deque<Secret> newest = new ArrayDeque<>();

  /**
   * One of them.
   *
   * @param kind such as {@code ticket}
   */
  public record Secret(String kind, String value) {
    @Override
    public String toString() {
      return "Secret[" + kind + "]";
    }
  }

  /** Notes a secret and gives it back. */
  synchronized String note(String kind, String value) {
    newest.addLast(new Secret(kind, value));
    if (newest.size() > MOST) {
      newest.removeFirst();
    }
    return value;
  }

  /** Those noted, oldest first. */
  public synchronized List<Secret> all() {
    return List.copyOf(newest);
  }
}
