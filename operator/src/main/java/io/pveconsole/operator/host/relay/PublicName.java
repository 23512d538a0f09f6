// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.pveconsole.api.v1alpha1.host.Exposure;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a certificate for browsers must carry.
 *
 * @param text a DNS name, or an IP address without brackets
 */
public record PublicName(String text, boolean isAddress) {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** The host in the public address; empty without one. */
  public static Optional<PublicName> of(Exposure exposure) {
    return Optional.ofNullable(exposure.origin())
        .map(URI::create)
        .map(URI::getHost)
        .map(PublicName::named);
  }

  private static PublicName named(String host) {
    return host.startsWith("[")
        ? new PublicName(host.substring(1, host.length() - 1), true)
        : new PublicName(host, IPV4.matcher(host).matches());
  }
}
