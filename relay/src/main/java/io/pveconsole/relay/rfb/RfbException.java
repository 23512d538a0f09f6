// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

/** The other side does not speak RFB as expected. */
public final class RfbException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RfbException(String message) {
    super(message, null, false, false);
  }
}
