// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

/** Somebody else changed the grant in the meantime. */
public final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConflictException() {
    super("the grant has changed", null, false, false);
  }
}
