// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * The mounted certificate: {@code tls.crt}, {@code tls.key} and, where the key needs one, {@code
 * tls.key.passphrase}.
 */
final class TlsFiles {

  private static final long MAX_BYTES = 1024 * 1024;
  private static final String PASSPHRASE = "tls.key.passphrase";

  private final Path directory;

  TlsFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * What was read.
   *
   * @param leaf the relay's own certificate
   */
  record Loaded(ServerSSLOptions options, X509Certificate leaf) {}

  /**
   * Reads them; blocks.
   *
   * @throws CertificateException when they are missing or cannot be used: the relay must not fall
   *     back to plain HTTP
   */
  Loaded read() {
    String chain = text("tls.crt");
    PrivateKey key = PrivateKeyPem.read(text("tls.key"), this::passphrase);
    X509Certificate leaf = ServingCertificate.check(chain, key);
    ServerSSLOptions options = new ServerSSLOptions();
    options.setKeyCertOptions(
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(chain))
            .addKeyValue(Buffer.buffer(Pem.write("PRIVATE KEY", key.getEncoded()))));
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    return new Loaded(options, leaf);
  }

  private String passphrase() {
    return Files.isRegularFile(directory.resolve(PASSPHRASE))
        ? text(PASSPHRASE).stripTrailing()
        : "";
  }

  private String text(String name) {
    Path file = directory.resolve(name);
    try {
      if (!Files.isRegularFile(file)) {
        throw new CertificateException(
            "The Secret of the certificate is missing or has no key " + name + ".");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new CertificateException(name + " is larger than 1 MiB.");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new CertificateException(name + " cannot be read as text: it must be PEM.");
    }
  }
}
