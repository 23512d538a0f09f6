// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.status;

/**
 * One condition as found in this pass, without times.
 *
 * @param reason a constant of the kind's enum of reasons
 */
public record Finding(String type, ConditionStatus status, Enum<?> reason, String message) {

  /** It is so. */
  public static Finding yes(String type, Enum<?> reason, String message) {
    return new Finding(type, ConditionStatus.True, reason, message);
  }

  /** It is not so. */
  public static Finding no(String type, Enum<?> reason, String message) {
    return new Finding(type, ConditionStatus.False, reason, message);
  }

  /** Nobody knows yet. */
  public static Finding unknown(String type, Enum<?> reason, String message) {
    return new Finding(type, ConditionStatus.Unknown, reason, message);
  }
}
