// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/** Who the relay is towards Proxmox. {@code toString()} names the account, never its secret. */
public sealed interface Credentials {

  /** The account's name as Proxmox prints it, for messages. */
  String account();

  /**
   * An API token.
   *
   * @param tokenId {@code user@realm!name}
   */
  record ApiToken(String tokenId, Secret secret) implements Credentials {
    public ApiToken {
      if (!tokenId.contains("@") || tokenId.indexOf('!') < tokenId.indexOf('@')) {
        throw new IllegalArgumentException("a token id looks like user@realm!name");
      }
    }

    @Override
    public String account() {
      return tokenId;
    }
  }

  /**
   * A user with a password, of whom a ticket is asked and renewed.
   *
   * @param username {@code user@realm}
   */
  record UserPassword(String username, Secret password) implements Credentials {
    public UserPassword {
      if (username.indexOf('@') < 1) {
        throw new IllegalArgumentException("a user name looks like user@realm");
      }
    }

    @Override
    public String account() {
      return username;
    }
  }
}
