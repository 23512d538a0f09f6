// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

/** The grant is not there any more, or another one has its name. */
public final class GoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public GoneException() {
    super("the grant is gone", null, false, false);
  }
}
