// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what the start has left on the heap, before the first person comes. The JVM keeps a
 * part of the heap free after a collection; this one keeps as little as it may, since what follows
 * may be hours of waiting. Later ones keep the usual part.
 */
public final class HeapTrim {

  private static final Logger LOG = LoggerFactory.getLogger(HeapTrim.class);
  private static final String MOST = "MaxHeapFreeRatio";
  private static final String LEAST = "MinHeapFreeRatio";

  private HeapTrim() {}

  /** Collects; takes some tens of milliseconds, in which nothing else runs. */
  public static void run() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String usual = vm.getVMOption(MOST).getValue();
    keepFree(vm, vm.getVMOption(LEAST).getValue());
    ManagementFactory.getMemoryMXBean().gc();
    keepFree(vm, usual);
  }

  private static void keepFree(HotSpotDiagnosticMXBean vm, String percent) {
    try {
      vm.setVMOption(MOST, percent);
    } catch (IllegalArgumentException e) {
      LOG.atInfo().addKeyValue("error", e.toString()).log("the heap keeps what it keeps");
    }
  }
}
