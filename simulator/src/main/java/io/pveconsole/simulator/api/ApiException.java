// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import java.util.Map;

/** An error of an API method: code, reason for status line and body, and errors by parameter. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> errors;

  ApiException(int status, String reason) {
    this(status, reason, Map.of());
  }

  ApiException(int status, String reason, Map<String, String> errors) {
    super(reason);
    this.status = status;
    this.errors = Map.copyOf(errors);
  }

  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  Map<String, String> errors() {
    return errors;
  }
}
