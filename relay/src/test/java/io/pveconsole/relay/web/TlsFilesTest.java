// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mounted certificate that cannot be used says why and what to do. */
class TlsFilesTest {

  @TempDir Path directory;
  private TestCertificate certificate;

  @BeforeEach
  void make() throws Exception {
    certificate = TestCertificate.make(directory, "one");
    certificate.write(directory);
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> new TlsFiles(directory).read())
        .isInstanceOf(CertificateException.class)
        .hasMessageContainingAll(words);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void takesWhatFits() {
    assertThat(new TlsFiles(directory).read().options().getEnabledSecureTransportProtocols())
        .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
  }

  @Test
  void missingFiles() throws IOException {
    Files.delete(directory.resolve("tls.key"));
    refused("Secret", "tls.key");
    Files.delete(directory.resolve("tls.crt"));
    refused("Secret", "tls.crt");
  }

  @Test
  void passphrases() throws Exception {
    certificate.writeEncrypted(directory, "open sesame");
    refused("encrypted", "tls.key.passphrase");
    write("tls.key.passphrase", "close sesame");
    refused("tls.key.passphrase", "wrong");
    write("tls.key.passphrase", "open sesame\n");
    assertThat(new TlsFiles(directory).read()).isNotNull();
  }

  @Test
  void aKeyOfSomethingElse() throws Exception {
    String own = Files.readString(directory.resolve("tls.crt"));
    TestCertificate.make(directory, "other").write(directory);
    write("tls.crt", own);
    refused("tls.key is not the key of the first certificate");
    TestCertificate.rsa(directory, "rsa").write(directory);
    write("tls.crt", own);
    refused("tls.key is not the key of the first certificate");
  }

  @Test
  void whatIsNoPem() throws Exception {
    String crt = Files.readString(directory.resolve("tls.crt"));
    write("tls.key", "hello");
    refused("tls.key", "no private key");
    write("tls.key", Pem.write("PRIVATE KEY", new byte[] {1, 2, 3}));
    refused("tls.key", "damaged");
    write("tls.key", Pem.write("EC PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 1}));
    refused("tls.key", "damaged");
    write("tls.key", Pem.write("EC PRIVATE KEY", new byte[] {0x30}));
    refused("tls.key", "damaged");
    write("tls.key", Pem.write("DSA PRIVATE KEY", new byte[] {1}));
    refused("DSA PRIVATE KEY", "RSA, EC and Ed25519");
    write(
        "tls.key",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----\n");
    refused("openssl pkcs8 -topk8");
    Files.write(directory.resolve("tls.key"), new byte[] {(byte) 0xff, (byte) 0xfe});
    refused("tls.key", "PEM");
    certificate.write(directory);
    write("tls.crt", "hello");
    refused("tls.crt", "no certificate");
    write("tls.crt", crt + Pem.write("CERTIFICATE", new byte[] {1}));
    refused("tls.crt", "damaged");
    write("tls.crt", "x".repeat(1024 * 1024 + 1));
    refused("tls.crt", "1 MiB");
  }

  @Test
  void theKeyNeverStandsInAMessage() throws Exception {
    String key = Files.readString(directory.resolve("tls.key")).split("\n")[1];
    write("tls.key", Files.readString(directory.resolve("tls.key")).replace("M", "A"));

    assertThatThrownBy(() -> new TlsFiles(directory).read())
        .hasMessageNotContaining(key.substring(0, 16));
    assertThat(new Pem("PRIVATE KEY", key).toString()).doesNotContain(key);
  }
}
