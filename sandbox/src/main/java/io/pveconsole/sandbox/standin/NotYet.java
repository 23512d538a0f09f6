// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

/** A pod cannot start yet; the message is shown in its status. */
final class NotYet extends Exception {

  private static final long serialVersionUID = 1L;

  private final String message;

  NotYet(String message) {
    super(message, null, false, false);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
