// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

/** The mounted certificate or its key cannot be used. */
final class CertificateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The text says what is wrong and what to do; it holds nothing of the key. */
  CertificateException(String text) {
    super(text, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
