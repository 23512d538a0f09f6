// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The secret part of a link: 256 bits as 43 base64url characters. */
record LinkSecret(String token) {

  private static final int BYTES = 32;

  static LinkSecret make(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new LinkSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Lower-case hex SHA-256 of the characters. */
  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The link for the address of a session. */
  String link(String address) {
    return address + "#" + token;
  }

  @Override
  public String toString() {
    return "LinkSecret(…)";
  }
}
