// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a browser is, as far as can be believed.
 *
 * @param text the address, as Java writes it, so that one address has one form
 * @param source who says so
 */
record ClientAddress(String text, Source source) {

  private static final int MAX_HOPS = 64;

  /** How the address came to be known. */
  enum Source {
    /** It is the other end of the connection; nothing else was said. */
    PEER,
    /** A trusted proxy says so. */
    PROXY,
    /** It is the other end of the connection; what was said otherwise is not to be believed. */
    PEER_DESPITE_HEADER
  }

  /**
   * The right-most address that is not a trusted proxy's own.
   *
   * @param peer the address at the other end of the connection
   * @param forwarded all lines of {@code X-Forwarded-For}
   */
  static ClientAddress of(String peer, List<String> forwarded, List<Cidr> trusted) {
    Optional<InetAddress> literal = Cidr.address(peer);
    String known = literal.map(InetAddress::getHostAddress).orElse(peer);
    if (forwarded.isEmpty()) {
      return new ClientAddress(known, Source.PEER);
    }
    return literal
        .filter(address -> isTrusted(address, trusted))
        .flatMap(proxy -> client(String.join(",", forwarded), trusted))
        .map(address -> new ClientAddress(address.getHostAddress(), Source.PROXY))
        .orElseGet(() -> new ClientAddress(known, Source.PEER_DESPITE_HEADER));
  }

  private static Optional<InetAddress> client(String forwarded, List<Cidr> trusted) {
    String[] hops = forwarded.split(",", -1);
    Optional<InetAddress> found = Optional.empty();
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS); i--) {
      found = Cidr.address(withoutPort(hops[i].strip()));
      if (found.isEmpty() || !isTrusted(found.get(), trusted)) {
        return found;
      }
    }
    return found;
  }

  /** Some proxies write {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end > 0 && hop.substring(end + 1).matches("(:[0-9]{1,5})?")
          ? hop.substring(1, end)
          : "";
    }
    return hop.matches("[0-9.]+:[0-9]{1,5}") ? hop.substring(0, hop.indexOf(':')) : hop;
  }

  private static boolean isTrusted(InetAddress address, List<Cidr> trusted) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }
}
