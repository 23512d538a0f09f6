// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A network of IP addresses. */
record Cidr(InetAddress network, int bits) {

  private static final int MAX_LENGTH = 64;

  /** Reads {@code 10.0.0.0/8}; empty when it is none. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      return address(text.substring(0, slash))
          .filter(network -> bits >= 0 && bits <= network.getAddress().length * Byte.SIZE)
          .map(network -> new Cidr(network, bits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A literal address; a name is never looked up. */
  static Optional<InetAddress> address(String text) {
    byte[] bytes =
        text.length() > MAX_LENGTH ? null : NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] one = network.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >>> bit % Byte.SIZE;
      if ((one[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
