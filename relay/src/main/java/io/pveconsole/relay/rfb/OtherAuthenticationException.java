// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

/** The display does not offer the authentication that was chosen before it said what it offers. */
public final class OtherAuthenticationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OtherAuthenticationException() {
    super("the display offers no VNC authentication", null, false, false);
  }
}
