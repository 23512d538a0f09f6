// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.HostTls;
import io.pveconsole.api.v1alpha1.host.KeyRef;
import io.pveconsole.relay.proxmox.Credentials;
import io.pveconsole.relay.proxmox.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From spec and mounts to the settings of the client. */
class SettingsReaderTest {

  @TempDir Path directory;

  private ProxmoxHost host(HostTls tls) {
    return Hosts.of(
        "https://console.example.com",
        List.of(new HostEndpoint("https://a.example.com:8006", null, null)),
        tls);
  }

  private SettingsReader reader() {
    return new SettingsReader(directory, Optional.of(directory));
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private String refused(ProxmoxHost host) {
    try {
      reader().read(host);
    } catch (SettingsException e) {
      return e.reason();
    }
    throw new AssertionError("no failure");
  }

  @Test
  void takesATokenBeforeAPassword() throws IOException {
    file("username", "relay@pve");
    file("password", "p");
    assertThat(reader().read(host(null)).credentials())
        .isInstanceOf(Credentials.UserPassword.class);

    file("tokenId", "relay@pve!k8s\n");
    file("tokenSecret", "s\n");
    assertThat(reader().read(host(null)).credentials().account()).isEqualTo("relay@pve!k8s");
    assertThat(reader().read(host(null)).trust()).isInstanceOf(Trust.SystemCas.class);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(refused(host(null))).isEqualTo("CredentialsMissing");
    file("tokenId", "not-a-token");
    file("tokenSecret", "s");
    assertThat(refused(host(null))).isEqualTo("CredentialsInvalid");
    file("tokenId", "relay@pve!k8s");
    assertThat(refused(host(new HostTls(new KeyRef("ca", "ca.crt"), null, null))))
        .isEqualTo("CaMissing");
    file("ca.crt", "no certificate");
    assertThat(refused(host(new HostTls(new KeyRef("ca", "ca.crt"), null, null))))
        .isEqualTo("SettingsInvalid");
  }

  @Test
  void neverShowsASecret() throws IOException {
    file("tokenId", "relay@pve!k8s");
    file("tokenSecret", "very-secret");

    assertThat(reader().read(host(null)).toString()).doesNotContain("very-secret");
    assertThatThrownBy(
            () -> new SettingsReader(directory.resolve("none"), Optional.empty()).read(host(null)))
        .isInstanceOf(SettingsException.class);
  }
}
