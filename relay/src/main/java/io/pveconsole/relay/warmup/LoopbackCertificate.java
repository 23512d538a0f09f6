// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A certificate that signs itself, with a key that never leaves this process. X.509 version 1, RFC
 * 5280 section 4.1, in DER by hand: the JDK has no public way to make one.
 */
final class LoopbackCertificate {

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8 = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int LONG_FORM = 0x80;

  /** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
  private static final byte[] ALGORITHM = HexFormat.of().parseHex("300a06082a8648ce3d040302");

  /** commonName, 2.5.4.3. */
  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final byte[] der;
  private final byte[] privateKey;

  private LoopbackCertificate(byte[] der, byte[] privateKey) {
    this.der = der;
    this.privateKey = privateKey;
  }

  /** A new one, good for a day before and after the given moment. */
  static LoopbackCertificate make(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] text = "pveconsole warm-up".getBytes(StandardCharsets.UTF_8);
      byte[] name = tag(SEQUENCE, tag(SET, tag(SEQUENCE, join(COMMON_NAME, tag(UTF8, text)))));
      byte[] validity =
          tag(
              SEQUENCE,
              join(time(now.minus(Duration.ofDays(1))), time(now.plus(Duration.ofDays(1)))));
      byte[] content =
          tag(
              SEQUENCE,
              join(
                  tag(INTEGER, new byte[] {1}),
                  ALGORITHM,
                  name,
                  validity,
                  name,
                  keys.getPublic().getEncoded()));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] signed = tag(BIT_STRING, join(new byte[] {0}, signature.sign()));
      return new LoopbackCertificate(
          tag(SEQUENCE, join(content, ALGORITHM, signed)), keys.getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no P-256", e);
    }
  }

  private static byte[] time(Instant moment) {
    return tag(UTC_TIME, UTC.format(moment).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] tag(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else if (content.length < 1 << Byte.SIZE) {
      out.write(LONG_FORM + 1);
      out.write(content.length);
    } else {
      out.write(LONG_FORM + 2);
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

  PemKeyCertOptions forServer() {
    return new PemKeyCertOptions()
        .addCertValue(pem("CERTIFICATE", der))
        .addKeyValue(pem("PRIVATE KEY", privateKey));
  }

  /** In PEM. */
  Buffer certificate() {
    return pem("CERTIFICATE", der);
  }

  /** SHA-256 as {@code AB:CD:…}. */
  String fingerprint() {
    try {
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  private static Buffer pem(String kind, byte[] content) {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return Buffer.buffer(
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  @Override
  public String toString() {
    return "LoopbackCertificate(" + fingerprint() + ")";
  }
}
