// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The guests of the simulated cluster. One guest shows itself to one more at a time. */
public final class GuestPlan {

  /** The node that has all of them. */
  static final String NODE = "pve1";

  /** They answer each event, and are silent otherwise. */
  public static final List<Integer> ECHO = range(100, 163);

  /** For the time before anything is measured. */
  public static final List<Integer> WARM_ECHO = range(170, 173);

  /** As much as the reader takes. */
  public static final List<Integer> FIREHOSE = range(200, 219);

  /** Each as much as the reader takes, for the time before anything is measured. */
  public static final List<Integer> WARM_FIREHOSE = range(230, 231);

  /** 50 MB/s each: two of them are the bulk of 100 MB/s. */
  public static final List<Integer> BULK = range(300, 303);

  /** 5 MB/s each. */
  public static final List<Integer> STEADY = range(400, 407);

  private GuestPlan() {}

  /** The file for the simulator. */
  static String file() {
    return lines(ECHO, "echo")
        + lines(WARM_ECHO, "echo")
        + lines(FIREHOSE, "firehose")
        + lines(WARM_FIREHOSE, "firehose")
        + lines(BULK, "firehose:50")
        + lines(STEADY, "firehose:5");
  }

  private static String lines(List<Integer> vmids, String console) {
    return vmids.stream()
        .map(vmid -> vmid + " vm" + vmid + " qemu " + NODE + " running console=" + console + "\n")
        .collect(Collectors.joining());
  }

  private static List<Integer> range(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }
}
