// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

/**
 * Something that a person would ask about.
 *
 * @param type Normal or Warning
 * @param about the condition that it is about
 */
public record Happening(String type, String reason, String message, String about) {

  /** As it should be. */
  public static Happening normal(String reason, String message, String about) {
    return new Happening("Normal", reason, message, about);
  }

  /** Somebody should look. */
  public static Happening warning(String reason, String message, String about) {
    return new Happening("Warning", reason, message, about);
  }
}
