// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

/** The display refuses the password: another console of the guest was faster, or it is too old. */
public final class AuthenticationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AuthenticationException(String reason) {
    super(reason, null, false, false);
  }
}
