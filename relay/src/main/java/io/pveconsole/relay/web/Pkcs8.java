// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** Puts keys of the older forms PKCS#1 (RFC 8017) and SEC 1 (RFC 5915) into PKCS#8 (RFC 5208). */
final class Pkcs8 {

  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int EC_PARAMETERS = 0xa0;
  private static final byte[] VERSION_0 = {0};
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Pkcs8() {}

  static byte[] ofRsa(byte[] pkcs1) {
    return wrap(RSA, pkcs1);
  }

  /**
   * Wraps an elliptic-curve key.
   *
   * @throws IllegalArgumentException where it does not name its curve
   */
  static byte[] ofEc(byte[] sec1) {
    return wrap(join(EC, curve(sec1)), sec1);
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, join(der(INTEGER, VERSION_0), der(SEQUENCE, algorithm), der(OCTETS, key)));
  }

  /** ECPrivateKey is a sequence of version, key and, with tag 0, the curve. */
  private static byte[] curve(byte[] sec1) {
    int at = content(sec1, 0);
    while (at < sec1.length) {
      int begin = content(sec1, at);
      int end = begin + length(sec1, at);
      if (end > sec1.length) {
        break;
      }
      if ((sec1[at] & 0xff) == EC_PARAMETERS) {
        return Arrays.copyOfRange(sec1, begin, end);
      }
      at = end;
    }
    throw new IllegalArgumentException("the key names no curve");
  }

  private static int content(byte[] der, int at) {
    int first = byteAt(der, at + 1);
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = byteAt(der, at + 1);
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < Math.min(first & 0x7f, 3); i++) {
      length = length << Byte.SIZE | byteAt(der, at + 2 + i);
    }
    return length;
  }

  private static int byteAt(byte[] der, int at) {
    if (at >= der.length) {
      throw new IllegalArgumentException("the key is cut off");
    }
    return der[at] & 0xff;
  }

  private static byte[] der(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> Byte.SIZE);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
