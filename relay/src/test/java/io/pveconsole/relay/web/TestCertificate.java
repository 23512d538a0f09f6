// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A certificate for localhost, made by the JDK's keytool, and its key in all forms there are. */
public final class TestCertificate {

  private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
  private static final char[] STORE = "changeit".toCharArray();
  private static final int RSA_HEADER = 26;
  private static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");
  private static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");

  private final KeyStore store;

  private TestCertificate(KeyStore store) {
    this.store = store;
  }

  public static TestCertificate make(Path directory, String name) throws Exception {
    return make(directory, name, EC, List.of());
  }

  static TestCertificate rsa(Path directory, String name) throws Exception {
    return make(directory, name, RSA, List.of());
  }

  static TestCertificate expired(Path directory, String name) throws Exception {
    return make(directory, name, EC, List.of("-startdate", "-10d", "-validity", "3"));
  }

  private static TestCertificate make(
      Path directory, String name, List<String> algorithm, List<String> more) throws Exception {
    Path file = directory.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "relay",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(STORE),
                "-keystore",
                file.toString()));
    command.addAll(algorithm);
    command.addAll(more);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(Files.newInputStream(file), STORE);
    return new TestCertificate(store);
  }

  private PrivateKey key() throws GeneralSecurityException {
    return (PrivateKey) store.getKey("relay", STORE);
  }

  private void writeCertificate(Path directory) throws IOException, GeneralSecurityException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("tls.crt"),
        Pem.write("CERTIFICATE", store.getCertificate("relay").getEncoded()));
  }

  private void writeKey(Path directory, String kind, byte[] content)
      throws IOException, GeneralSecurityException {
    writeCertificate(directory);
    Files.writeString(directory.resolve("tls.key"), Pem.write(kind, content));
  }

  /** The certificate, and the key in PKCS#8. */
  public void write(Path directory) throws IOException, GeneralSecurityException {
    writeKey(directory, "PRIVATE KEY", key().getEncoded());
  }

  /** An RSA key in PKCS#1, which is what PKCS#8 wraps. */
  void writePkcs1(Path directory) throws IOException, GeneralSecurityException {
    byte[] pkcs8 = key().getEncoded();
    writeKey(directory, "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, RSA_HEADER, pkcs8.length));
  }

  /** A P-256 key as OpenSSL's {@code ecparam -genkey} writes it, parameters before it. */
  void writeSec1(Path directory) throws IOException, GeneralSecurityException {
    byte[] secret = ((ECPrivateKey) key()).getS().toByteArray();
    byte[] number = new byte[32];
    int length = Math.min(secret.length, number.length);
    System.arraycopy(secret, secret.length - length, number, number.length - length, length);
    ByteArrayOutputStream sec1 = new ByteArrayOutputStream();
    sec1.writeBytes(HexFormat.of().parseHex("30310201010420"));
    sec1.writeBytes(number);
    sec1.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107"));
    writeKey(directory, "EC PRIVATE KEY", sec1.toByteArray());
    Files.writeString(
        directory.resolve("tls.key"),
        Pem.write("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107"))
            + Files.readString(directory.resolve("tls.key")));
  }

  void writeEncrypted(Path directory, String passphrase)
      throws IOException, GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(ALGORITHM)
            .generateSecret(new PBEKeySpec(passphrase.toCharArray())));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    byte[] sealed = cipher.doFinal(key().getEncoded());
    writeKey(
        directory,
        "ENCRYPTED PRIVATE KEY",
        new EncryptedPrivateKeyInfo(parameters, sealed).getEncoded());
  }
}
