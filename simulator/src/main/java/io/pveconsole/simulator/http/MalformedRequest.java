// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

/** A request that cannot be read. Status 0: pveproxy only logs it and lets the client wait. */
final class MalformedRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  MalformedRequest(int status, String reason) {
    super(reason);
    this.status = status;
  }

  static MalformedRequest unanswered() {
    return new MalformedRequest(0, "header too large");
  }

  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
