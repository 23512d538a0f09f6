// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.util.List;

/** Finds out where a browser is, believing proxies only that the host names. */
final class ClientAddress {

  private ClientAddress() {}

  /**
   * The right-most address that is not a trusted proxy's own.
   *
   * @param peer the address at the other end of the connection
   * @param forwarded all lines of {@code X-Forwarded-For}
   */
  static String of(String peer, List<String> forwarded, List<Cidr> trusted) {
    String address = peer;
    if (!isTrusted(address, trusted)) {
      return address;
    }
    List<String> hops = List.of(String.join(",", forwarded).split(","));
    for (int i = hops.size() - 1; i >= 0; i--) {
      String hop = hops.get(i).strip();
      if (Cidr.address(hop).isEmpty()) {
        return address;
      }
      address = hop;
      if (!isTrusted(address, trusted)) {
        return address;
      }
    }
    return address;
  }

  private static boolean isTrusted(String address, List<Cidr> trusted) {
    return Cidr.address(address)
        .filter(literal -> trusted.stream().anyMatch(net -> net.contains(literal)))
        .isPresent();
  }
}
