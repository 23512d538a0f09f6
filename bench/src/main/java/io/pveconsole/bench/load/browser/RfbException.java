// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

/** The relay or the guest broke the protocol. */
final class RfbException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RfbException(String message) {
    super(message);
  }
}
