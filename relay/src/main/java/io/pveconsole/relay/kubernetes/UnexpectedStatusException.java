// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

/** An answer of the API server that the relay's own way to it has no use for. */
final class UnexpectedStatusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedStatusException(int status) {
    super("status " + status, null, false, false);
  }
}
