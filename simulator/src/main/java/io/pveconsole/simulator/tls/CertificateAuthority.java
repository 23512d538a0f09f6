// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The cluster's own CA, subject and life as Proxmox makes them; with P-256 keys, since making
 * RSA-4096 ones takes seconds.
 */
public final class CertificateAuthority {
  private static final Duration CA_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(730);
  private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));

  private final KeyPair keys;
  private final byte[] subject;
  private final X509Certificate certificate;
  private final SecureRandom random = new SecureRandom();

  /** Makes a new CA; {@code now} is the start of its life. */
  public CertificateAuthority(Instant now) {
    keys = newKeys();
    subject =
        name(
            attribute(3, "Proxmox Virtual Environment"),
            attribute(11, UUID.randomUUID().toString()),
            attribute(10, "PVE Cluster Manager CA"));
    byte[] extensions =
        Der.sequence(
            extension(19, true, Der.sequence(Der.bool(true))),
            extension(15, true, Der.bits(1, new byte[] {0x06})),
            extension(14, false, Der.octets(keyId(keys.getPublic()))));
    certificate =
        issue(subject, keys.getPublic(), now.minusSeconds(3600), now.plus(CA_LIFE), extensions);
  }

  /** The CA's certificate, as {@code pve-root-ca.pem} has it. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Makes a node's certificate with the names Proxmox puts in it; no alias, no NAT address. */
  public NodeCertificate issueFor(String node, InetAddress address, Instant now) {
    KeyPair leafKeys = newKeys();
    List<byte[]> names = new ArrayList<>();
    names.add(ip("127.0.0.1"));
    names.add(ip("::1"));
    names.add(dns("localhost"));
    if (!address.isLoopbackAddress() && !address.isAnyLocalAddress()) {
      names.add(Der.tagged(0x87, address.getAddress()));
    }
    names.add(dns(node));
    names.add(dns(node + ".simulator.invalid"));
    byte[] extensions =
        Der.sequence(
            extension(19, false, Der.sequence()),
            extension(37, false, Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1))),
            extension(14, false, Der.octets(keyId(leafKeys.getPublic()))),
            extension(35, false, Der.sequence(Der.tagged(0x80, keyId(keys.getPublic())))),
            extension(17, false, Der.sequence(names.toArray(byte[][]::new))));
    byte[] leafSubject =
        name(
            attribute(11, "PVE Cluster Node"),
            attribute(10, "Proxmox Virtual Environment"),
            attribute(3, node + ".simulator.invalid"));
    X509Certificate leaf =
        issue(
            leafSubject,
            leafKeys.getPublic(),
            now.minusSeconds(3600),
            now.plus(LEAF_LIFE),
            extensions);
    return new NodeCertificate(leaf, leafKeys.getPrivate());
  }

  private X509Certificate issue(
      byte[] to, PublicKey key, Instant from, Instant until, byte[] extensions) {
    try {
      byte[] body =
          Der.sequence(
              Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
              Der.integer(new BigInteger(120, random).setBit(119)),
              ECDSA_SHA256,
              subject,
              Der.sequence(Der.time(from), Der.time(until)),
              to,
              key.getEncoded(),
              Der.tagged(0xa3, extensions));
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(keys.getPrivate());
      signer.update(body);
      byte[] der = Der.sequence(body, ECDSA_SHA256, Der.bits(0, signer.sign()));
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a P-256 certificate.", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK cannot make a P-256 key.", e);
    }
  }

  private static byte[] keyId(PublicKey key) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] name(byte[]... attributes) {
    return Der.sequence(attributes);
  }

  private static byte[] attribute(int type, String value) {
    return Der.set(Der.sequence(Der.oid(2, 5, 4, type), Der.utf8(value)));
  }

  private static byte[] extension(int type, boolean critical, byte[] value) {
    byte[] flag = critical ? Der.bool(true) : new byte[0];
    return Der.sequence(Der.oid(2, 5, 29, type), flag, Der.octets(value));
  }

  private static byte[] dns(String name) {
    return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] ip(String literal) {
    try {
      return Der.tagged(0x87, InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
