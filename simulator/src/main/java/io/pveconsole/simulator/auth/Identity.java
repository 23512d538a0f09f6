// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.auth;

import org.jspecify.annotations.Nullable;

/** Who makes a call: a user, or a token of that user. */
public record Identity(String user, @Nullable String tokenId) {

  /** {@code USER@REALM} or {@code USER@REALM!TOKENID}; what VNC tickets are signed for. */
  public String authId() {
    return tokenId == null ? user : tokenId;
  }
}
