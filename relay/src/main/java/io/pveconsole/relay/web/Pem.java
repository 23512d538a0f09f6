// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param kind as in {@code -----BEGIN kind-----}
 * @param base64 what stands between the lines
 */
record Pem(String kind, String base64) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder();

  /** All blocks in their order; what stands around them is ignored, as OpenSSL does. */
  static List<Pem> all(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .map(found -> new Pem(found.group(1), found.group(2)))
        .toList();
  }

  /** The content; throws {@link IllegalArgumentException} where it is no base64. */
  byte[] content() {
    return Base64.getMimeDecoder().decode(base64);
  }

  static String write(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, ENCODER.encodeToString(content), kind);
  }

  @Override
  public String toString() {
    return "Pem(" + kind + ")";
  }
}
