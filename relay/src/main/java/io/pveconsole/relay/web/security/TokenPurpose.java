// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

/** What a token is good for; one is never taken for the other. */
public enum TokenPurpose {
  /** Opens the console and asks for its state. */
  ACCESS("a"),
  /** Asks for new tokens. */
  REFRESH("r");

  private final String claim;

  TokenPurpose(String claim) {
    this.claim = claim;
  }

  String claim() {
    return claim;
  }
}
