// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import java.util.ArrayList;
import java.util.List;

/** What went wrong, the first of it in words. Safe from any thread. */
public final class Troubles {

  private static final int KEPT = 20;

  private final List<String> first = new ArrayList<>();
  private long count;

  /** One more. */
  public synchronized void add(String what) {
    count++;
    if (first.size() < KEPT) {
      first.add(what);
    }
  }

  /** How many in all. */
  public synchronized long count() {
    return count;
  }

  /** The first of them, and how many more there were. */
  public synchronized List<String> all() {
    List<String> all = new ArrayList<>(first);
    if (count > KEPT) {
      all.add("and " + (count - KEPT) + " more");
    }
    return all;
  }
}
