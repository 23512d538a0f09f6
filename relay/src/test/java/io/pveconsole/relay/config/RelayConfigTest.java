// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The environment. */
class RelayConfigTest {

  private static Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "PVECONSOLE_HOST_NAME", "pve7",
            "PVECONSOLE_HOST_NAMESPACE", "consoles",
            "PVECONSOLE_POD_NAME", "pod",
            "PVECONSOLE_CREDENTIALS_DIR", "/c",
            "PVECONSOLE_KEYS_DIR", "/k"));
  }

  @Test
  void hasDefaults() {
    RelayConfig config = RelayConfig.from(environment());

    assertThat(config.publicPort()).isEqualTo(8080);
    assertThat(config.managementPort()).isEqualTo(8081);
    assertThat(config.bind()).isEqualTo("0.0.0.0");
    assertThat(config.tlsDir()).isEmpty();
    assertThat(config.warmupRounds()).isEqualTo(200);
    assertThat(config.warmupLimit()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void warmsUpForLongerWhereItIsToldTo() {
    Map<String, String> environment = environment();
    environment.put("PVECONSOLE_WARMUP_SECONDS", "40");

    assertThat(RelayConfig.from(environment).warmupLimit()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void movesToAnotherPortWithTls() {
    Map<String, String> environment = environment();
    environment.put("PVECONSOLE_TLS_DIR", "/tls");

    assertThat(RelayConfig.from(environment).publicPort()).isEqualTo(8443);
  }

  @Test
  void namesTheKeyThatIsMissingOrWrong() {
    for (String key : environment().keySet()) {
      Map<String, String> environment = environment();
      environment.remove(key);
      assertThatThrownBy(() -> RelayConfig.from(environment))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(key);
    }
    for (String port : new String[] {"x", "-1", "65536"}) {
      Map<String, String> environment = environment();
      environment.put("PVECONSOLE_PUBLIC_PORT", port);
      assertThatThrownBy(() -> RelayConfig.from(environment))
          .hasMessageContaining("PVECONSOLE_PUBLIC_PORT");
    }
  }

  @Test
  void refusesOnePortForBoth() {
    Map<String, String> environment = environment();
    environment.put("PVECONSOLE_PUBLIC_PORT", "8081");
    assertThatThrownBy(() -> RelayConfig.from(environment))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("PVECONSOLE_MANAGEMENT_PORT");
  }
}
