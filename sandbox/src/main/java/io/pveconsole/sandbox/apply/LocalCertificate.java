// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * The certificate for localhost that relays of a sandbox with https show.
 *
 * @param certificate PEM file
 * @param key PEM file
 */
public record LocalCertificate(Path certificate, Path key) {

  /** Name of the Secret that hosts refer to. */
  public static final String SECRET = "sandbox-tls";

  /** A new, self-signed one. */
  public static LocalCertificate selfSigned(Path directory) {
    LocalCertificate made =
        new LocalCertificate(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    List<GeneralName> names =
        List.of(
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    try {
      SelfSigned.write("CN=localhost", names, made.certificate(), made.key(), Clock.systemUTC());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Secret for hosts of a namespace. */
  public Secret secret(String namespace) {
    try {
      return new SecretBuilder()
          .withNewMetadata()
          .withName(SECRET)
          .withNamespace(namespace)
          .endMetadata()
          .withType("kubernetes.io/tls")
          .addToStringData("tls.crt", Files.readString(certificate))
          .addToStringData("tls.key", Files.readString(key))
          .build();
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot read the certificate: " + e.getMessage(),
          "Check the files after --tls-cert and --tls-key.",
          e);
    }
  }
}
