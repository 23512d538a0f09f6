// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an administrator should know of a certificate that can be served, but may not be wanted. */
final class CertificateAdvice {

  private static final Duration SOON = Duration.ofDays(7);
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private CertificateAdvice() {}

  /**
   * The advice; empty when all is well.
   *
   * @param host what browsers call this relay; empty where another server stands before it
   */
  static List<String> of(X509Certificate leaf, Optional<String> host, Instant now) {
    List<String> advice = new ArrayList<>();
    Instant ends = leaf.getNotAfter().toInstant();
    if (now.isAfter(ends)) {
      advice.add("The certificate expired on " + ends + ": renew it, and put it into its Secret.");
    } else if (now.plus(SOON).isAfter(ends)) {
      advice.add("The certificate expires on " + ends + ": renew it soon.");
    }
    if (now.isBefore(leaf.getNotBefore().toInstant())) {
      advice.add(
          "The certificate is not good before "
              + leaf.getNotBefore().toInstant()
              + ": is the clock right?");
    }
    host.filter(name -> names(leaf).stream().noneMatch(pattern -> matches(pattern, name)))
        .ifPresent(
            name ->
                advice.add(
                    "The certificate is for "
                        + names(leaf)
                        + ", while browsers use "
                        + name
                        + ": take another one, or correct exposure.publicUrl."));
    return advice;
  }

  private static List<String> names(X509Certificate leaf) {
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      return alternatives == null
          ? List.of()
          : alternatives.stream()
              .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
              .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static boolean matches(String pattern, String host) {
    int dot = host.indexOf('.');
    return pattern.equals(host)
        || (pattern.startsWith("*.")
            && dot > 0
            && pattern.substring(1).equals(host.substring(dot)));
  }
}
