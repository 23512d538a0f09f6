// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

/** A secret that is known only after its console's port: set once, read by the connection. */
final class VncPassword {
  private volatile String value;

  VncPassword(String value) {
    this.value = value;
  }

  void set(String next) {
    value = next;
  }

  String get() {
    return value;
  }

  @Override
  public String toString() {
    return "VncPassword[redacted]";
  }
}
