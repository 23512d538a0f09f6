// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

/** A caller that is not who it says, or did not say. The message becomes the status line. */
public final class Unauthorized extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the text of the status line. */
  public Unauthorized(String reason) {
    super(reason);
  }
}
