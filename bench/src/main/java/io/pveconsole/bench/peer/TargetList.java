// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sessions that are used together.
 *
 * @param name of the file that lists them, without its ending
 * @param vmids the guests, in the order of the sessions
 * @param sessions their names; more than there are guests go round
 * @param policy what all of them may do
 */
public record TargetList(
    String name, List<Integer> vmids, List<String> sessions, GrantPolicy policy) {

  /** So many new sessions that may do all. */
  public static TargetList of(String name, List<Integer> vmids, int sessions) {
    return of(name, vmids, sessions, GrantPolicy.ALL);
  }

  /** So many new sessions. */
  public static TargetList of(String name, List<Integer> vmids, int sessions, GrantPolicy policy) {
    return new TargetList(
        name,
        List.copyOf(vmids),
        IntStream.range(0, sessions).mapToObj(i -> UUID.randomUUID().toString()).toList(),
        policy);
  }

  /** Reads lists that are separated by spaces. */
  static List<TargetList> parseAll(String text) {
    return Arrays.stream(text.strip().split("\\s+")).map(TargetList::parse).toList();
  }

  /** Reads {@code name=100-199,300} or, for five hundred sessions, {@code name=400-499*500}. */
  static TargetList parse(String text) {
    String[] named = text.split("=", 2);
    if (named.length < 2) {
      throw new IllegalArgumentException("not NAME=VMIDS: " + text);
    }
    String[] counted = named[1].split("\\*", 2);
    List<Integer> vmids = vmids(counted[0]);
    int sessions = counted.length < 2 ? vmids.size() : Integer.parseInt(counted[1]);
    return of(named[0], vmids, sessions);
  }

  private static List<Integer> vmids(String text) {
    List<Integer> vmids = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int vmid = Integer.parseInt(ends[0]); vmid <= last; vmid++) {
        vmids.add(vmid);
      }
    }
    return vmids;
  }

  /** The guest of a session. */
  public int vmid(int session) {
    return vmids.get(session % vmids.size());
  }
}
