// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.scenario;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * The relay at one moment of the mixed load.
 *
 * @param second since the load began
 * @param heapKib what was left after a collection; only of now and then
 * @param directKib of the JVM's direct buffers
 * @param opens since the sample before
 * @param keyP99 of the events since the sample before, in ms
 */
record Sample(
    double second,
    long pssKib,
    OptionalLong heapKib,
    long threads,
    long descriptors,
    long directKib,
    long opens,
    double openP99,
    double keyP50,
    double keyP99,
    long troubles) {

  static final String HEADER =
      "second,pss_kib,heap_kib,threads,fds,direct_kib,opens,open_p99_ms,key_p50_ms,key_p99_ms,"
          + "troubles";

  /** A line of the file; the heap is empty where it was not looked at. */
  String csv() {
    return String.format(
        Locale.ROOT,
        "%.1f,%d,%s,%d,%d,%d,%d,%.3f,%.3f,%.3f,%d",
        second,
        pssKib,
        heapKib.isPresent() ? Long.toString(heapKib.getAsLong()) : "",
        threads,
        descriptors,
        directKib,
        opens,
        openP99,
        keyP50,
        keyP99,
        troubles);
  }
}
