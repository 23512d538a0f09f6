// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what the start has left on the heap, before the first person comes. The JVM keeps a
 * part of the heap free after a collection; this one keeps nothing, since what follows may be hours
 * of waiting. Later ones keep the usual part.
 */
public final class HeapTrim {

  private static final Logger LOG = LoggerFactory.getLogger(HeapTrim.class);
  private static final String MOST = "MaxHeapFreeRatio";
  private static final String LEAST = "MinHeapFreeRatio";
  private static final String NOTHING = "0";

  private HeapTrim() {}

  /** Collects; takes some tens of milliseconds, in which nothing else runs. */
  public static void run() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String least = vm.getVMOption(LEAST).getValue();
    String most = vm.getVMOption(MOST).getValue();
    set(vm, LEAST, NOTHING);
    set(vm, MOST, NOTHING);
    ManagementFactory.getMemoryMXBean().gc();
    set(vm, MOST, most);
    set(vm, LEAST, least);
  }

  private static void set(HotSpotDiagnosticMXBean vm, String option, String percent) {
    try {
      vm.setVMOption(option, percent);
    } catch (IllegalArgumentException e) {
      LOG.atInfo().addKeyValue("error", e.toString()).log("the heap keeps what it keeps");
    }
  }
}
