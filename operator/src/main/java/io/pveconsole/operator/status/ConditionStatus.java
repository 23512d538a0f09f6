// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.status;

/** The three answers of a condition. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
