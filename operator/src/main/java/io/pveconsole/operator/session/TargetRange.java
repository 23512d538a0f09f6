// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.host.TargetRules;
import org.jspecify.annotations.Nullable;

/** Reads the numbers and ranges of spec.targets.vmids. */
final class TargetRange {

  private TargetRange() {}

  static boolean allows(@Nullable TargetRules rules, int vmid) {
    return rules == null
        || rules.vmids() == null
        || rules.vmids().isEmpty()
        || rules.vmids().stream().anyMatch(range -> contains(range, vmid));
  }

  private static boolean contains(String range, int vmid) {
    int dash = range.indexOf('-');
    if (dash < 0) {
      return Integer.parseInt(range) == vmid;
    }
    return Integer.parseInt(range.substring(0, dash)) <= vmid
        && vmid <= Integer.parseInt(range.substring(dash + 1));
  }
}
