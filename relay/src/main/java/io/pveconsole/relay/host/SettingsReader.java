// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.api.v1alpha1.host.KeyRef;
import io.pveconsole.relay.proxmox.Fingerprint;
import io.pveconsole.relay.proxmox.ProxmoxEndpoint;
import io.pveconsole.relay.proxmox.ProxmoxSettings;
import io.pveconsole.relay.proxmox.TimeLimits;
import io.pveconsole.relay.proxmox.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the settings of the Proxmox client from the host's spec and the mounted files. */
final class SettingsReader {

  private static final long MAX_CA_BYTES = 1024 * 1024;

  private final CredentialFiles credentials;
  private final Optional<Path> caDirectory;

  SettingsReader(Path credentialsDirectory, Optional<Path> caDirectory) {
    this.credentials = new CredentialFiles(credentialsDirectory);
    this.caDirectory = caDirectory;
  }

  /**
   * Reads everything; blocks.
   *
   * @throws SettingsException when something is missing or wrong
   */
  ProxmoxSettings read(ProxmoxHost host) {
    HostTls tls = host.getSpec().tls();
    try {
      return new ProxmoxSettings(
          host.getSpec().endpoints().stream().map(SettingsReader::endpoint).toList(),
          trust(tls),
          tls == null ? null : tls.serverName(),
          credentials.read(),
          TimeLimits.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("SettingsInvalid", "The spec cannot be used: " + e.getMessage());
    }
  }

  static ProxmoxEndpoint endpoint(HostEndpoint endpoint) {
    return new ProxmoxEndpoint(
        URI.create(endpoint.url()), endpoint.serverName(), pins(endpoint.fingerprints()));
  }

  private static List<Fingerprint> pins(@Nullable List<String> texts) {
    return texts == null ? List.of() : texts.stream().map(Fingerprint::new).toList();
  }

  private Trust trust(@Nullable HostTls tls) {
    if (tls == null) {
      return new Trust.SystemCas();
    }
    List<Fingerprint> pins = pins(tls.fingerprints());
    if (!pins.isEmpty()) {
      return new Trust.Pinned(pins);
    }
    return tls.caRef() == null ? new Trust.SystemCas() : new Trust.CaBundle(ca(tls.caRef()));
  }

  private String ca(KeyRef reference) {
    Path file =
        caDirectory
            .map(directory -> directory.resolve(reference.key()))
            .filter(Files::isRegularFile)
            .orElseThrow(
                () ->
                    new SettingsException(
                        "CaMissing",
                        "The ConfigMap "
                            + reference.name()
                            + " is missing, or has no key "
                            + reference.key()
                            + "."));
    try {
      if (Files.size(file) > MAX_CA_BYTES) {
        throw new SettingsException("CaInvalid", "The CA bundle is larger than 1 MiB.");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new SettingsException("CaMissing", "The CA bundle cannot be read.");
    }
  }
}
