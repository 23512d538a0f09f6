// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod's token as its kubelet changes it. */
class TokenRenewalTest {

  @TempDir Path directory;
  private Path token;
  private Map<String, String> settings;

  @BeforeEach
  void pod() throws Exception {
    token = Files.writeString(directory.resolve("token"), "first");
    settings =
        Map.of(
            "kubernetes.auth.tryKubeConfig",
            "false",
            "kubernetes.auth.serviceAccount.token",
            token.toString());
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void clear() {
    settings.keySet().forEach(System::clearProperty);
  }

  @Test
  void isReadAgain() throws Exception {
    Config config = Config.autoConfigure(null);
    assertThat(config.getAutoOAuthToken()).isEqualTo("first");
    Files.writeString(token, "second");
    new TokenRenewal(config).renew();
    assertThat(config.getAutoOAuthToken()).isEqualTo("second");

    Files.delete(token);
    new TokenRenewal(config).renew();
    assertThat(config.getAutoOAuthToken()).as("the last one that there was").isEqualTo("second");
  }

  @Test
  void isLeftAloneWhereItWasGiven() throws Exception {
    Config config = Config.autoConfigure(null);
    config.setOauthToken("given");
    Files.writeString(token, "second");
    new TokenRenewal(config).renew();

    assertThat(config.getOauthToken()).isEqualTo("given");
    assertThat(config.getAutoOAuthToken()).isEqualTo("first");
  }
}
