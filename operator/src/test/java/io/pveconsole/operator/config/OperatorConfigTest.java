// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {

  private static Map<String, String> minimal() {
    return new HashMap<>(
        Map.of("PVECONSOLE_OPERATOR_NAMESPACE", "ops", "PVECONSOLE_RELAY_IMAGE", "relay:1"));
  }

  @Test
  void defaultsWatchEverythingWithLeaderElection() {
    assertThat(OperatorConfig.from(minimal()))
        .isEqualTo(new OperatorConfig("ops", Set.of(), "relay:1", 8080, true));
  }

  @Test
  void namespacesAreAListWithSpaces() {
    Map<String, String> environment = minimal();
    environment.put("PVECONSOLE_WATCH_NAMESPACES", "a, b,,");
    OperatorConfig config = OperatorConfig.from(environment);
    assertThat(config.watchNamespaces()).containsExactlyInAnyOrder("a", "b");
    assertThat(config.watches("a")).isTrue();
    assertThat(config.watches("c")).isFalse();
  }

  @Test
  void theApiServersNetworksAreAList() {
    Map<String, String> environment = minimal();
    environment.put("PVECONSOLE_API_SERVER_CIDRS", "10.0.0.1/32, 2001:db8::/64");
    assertThat(OperatorConfig.from(environment).apiServerCidrs())
        .containsExactly("10.0.0.1/32", "2001:db8::/64");
  }

  @ParameterizedTest
  @CsvSource({
    "PVECONSOLE_OPERATOR_NAMESPACE,Ops",
    "PVECONSOLE_OPERATOR_NAMESPACE,''",
    "PVECONSOLE_RELAY_IMAGE,' '",
    "PVECONSOLE_WATCH_NAMESPACES,'a,B'",
    "PVECONSOLE_API_SERVER_CIDRS,'10.0.0.1/32,api'",
    "PVECONSOLE_MANAGEMENT_PORT,http",
    "PVECONSOLE_MANAGEMENT_PORT,65536",
    "PVECONSOLE_LEADER_ELECTION,yes"
  })
  void aBadValueIsRefusedByItsKey(String key, String value) {
    Map<String, String> environment = minimal();
    environment.put(key, value);
    assertThatThrownBy(() -> OperatorConfig.from(environment))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + " ");
  }
}
