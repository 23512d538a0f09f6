// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.websocket;

/** A frame that pveproxy answers by dying, or by never reading again. */
final class BadFrame extends Exception {
  private static final long serialVersionUID = 1L;

  BadFrame(String message) {
    super(message);
  }
}
