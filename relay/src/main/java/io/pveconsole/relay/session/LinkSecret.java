// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a page sends to redeem a link, as hashes: the secret itself is not kept.
 *
 * @param hash of the link's secret, as it stands in the grant
 * @param nonceHash of what tells this try from that of somebody else
 */
public record LinkSecret(String hash, String nonceHash) {

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

  /** Empty where a link of ours could not have led to this. */
  public static Optional<LinkSecret> of(String secret, String nonce) {
    return SECRET.matcher(secret).matches() && NONCE.matcher(nonce).matches()
        ? Optional.of(new LinkSecret(Hashes.sha256(secret), Hashes.sha256(nonce)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "LinkSecret";
  }
}
