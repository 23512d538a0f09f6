// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** The two consoles of a guest. */
enum ConsoleKind {
  VNC("vncproxy"),
  TERMINAL("termproxy");

  private final String call;

  ConsoleKind(String call) {
    this.call = call;
  }

  String call() {
    return call;
  }
}
