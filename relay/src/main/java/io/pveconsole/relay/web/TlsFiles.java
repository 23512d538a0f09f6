// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The mounted certificate: {@code tls.crt} and {@code tls.key}. */
public final class TlsFiles {

  private final Path directory;

  public TlsFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads them; blocks.
   *
   * @throws IOException when they are missing or cannot be used: the relay must not fall back to
   *     plain HTTP
   */
  public ServerSSLOptions read() throws IOException {
    Path certificate = directory.resolve("tls.crt");
    Path key = directory.resolve("tls.key");
    if (!Files.isRegularFile(certificate) || !Files.isRegularFile(key)) {
      throw new IOException(directory + " has no tls.crt and tls.key");
    }
    Path passphrase = directory.resolve("tls.key.passphrase");
    String pem = Files.readString(key);
    if (EncryptedKey.isEncrypted(pem)) {
      String secret = Files.isRegularFile(passphrase) ? Files.readString(passphrase) : "";
      pem = EncryptedKey.decrypt(pem, secret.stripTrailing());
    }
    ServerSSLOptions options = new ServerSSLOptions();
    options.setKeyCertOptions(
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(Files.readAllBytes(certificate)))
            .addKeyValue(Buffer.buffer(pem)));
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    return options;
  }
}
