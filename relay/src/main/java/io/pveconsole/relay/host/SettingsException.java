// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

/** The host cannot be used as it is configured. */
final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  SettingsException(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
