// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All settings of the operator, read once at start.
 *
 * @param watchNamespaces empty means all
 * @param apiServerCidrs networks of the API server; empty means any
 * @param managementPort 0 means any
 * @param bind address to listen on
 */
public record OperatorConfig(
    String operatorNamespace,
    Set<String> watchNamespaces,
    String relayImage,
    List<String> apiServerCidrs,
    int managementPort,
    String bind,
    boolean leaderElection) {

  private static final String NAMESPACE = "PVECONSOLE_OPERATOR_NAMESPACE";
  private static final String WATCH = "PVECONSOLE_WATCH_NAMESPACES";
  private static final String IMAGE = "PVECONSOLE_RELAY_IMAGE";
  private static final String API_SERVER = "PVECONSOLE_API_SERVER_CIDRS";
  private static final String PORT = "PVECONSOLE_MANAGEMENT_PORT";
  private static final String BIND = "PVECONSOLE_BIND";
  private static final String ANY_ADDRESS = "0.0.0.0";
  private static final String LEADER = "PVECONSOLE_LEADER_ELECTION";
  private static final String CIDR = "([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]+)/[0-9]{1,3}";
  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  /** Takes defensive copies. */
  public OperatorConfig {
    watchNamespaces = Set.copyOf(watchNamespaces);
    apiServerCidrs = List.copyOf(apiServerCidrs);
  }

  /** Listens on all addresses, as a pod does. */
  public OperatorConfig(
      String operatorNamespace,
      Set<String> watchNamespaces,
      String relayImage,
      int managementPort,
      boolean leaderElection) {
    this(
        operatorNamespace,
        watchNamespaces,
        relayImage,
        List.of(),
        managementPort,
        ANY_ADDRESS,
        leaderElection);
  }

  /**
   * Reads the environment.
   *
   * @throws ConfigException naming the first key that is missing or wrong
   */
  public static OperatorConfig from(Map<String, String> environment) {
    return new OperatorConfig(
        namespace(NAMESPACE, required(environment, NAMESPACE)),
        namespaces(environment.getOrDefault(WATCH, "")),
        required(environment, IMAGE),
        networks(environment.getOrDefault(API_SERVER, "")),
        port(environment.getOrDefault(PORT, "8080")),
        environment.getOrDefault(BIND, ANY_ADDRESS),
        flag(environment.getOrDefault(LEADER, "true")));
  }

  /** Whether objects of the namespace are seen at all. */
  public boolean watches(String namespace) {
    return watchNamespaces.isEmpty() || watchNamespaces.contains(namespace);
  }

  private static String required(Map<String, String> environment, String key) {
    String value = environment.getOrDefault(key, "").trim();
    if (value.isEmpty()) {
      throw new ConfigException(key, "is not set");
    }
    return value;
  }

  private static Set<String> namespaces(String value) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(value.split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .forEach(name -> names.add(namespace(WATCH, name)));
    return names;
  }

  private static List<String> networks(String value) {
    List<String> networks =
        Arrays.stream(value.split(",", -1)).map(String::trim).filter(n -> !n.isEmpty()).toList();
    for (String network : networks) {
      if (!network.matches(CIDR)) {
        throw new ConfigException(API_SERVER, "is not a network such as 10.0.0.0/8: " + network);
      }
    }
    return networks;
  }

  private static String namespace(String key, String value) {
    if (!value.matches(NAME)) {
      throw new ConfigException(key, "is not the name of a namespace: " + value);
    }
    return value;
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value.trim());
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new ConfigException(PORT, "is not a number: " + value);
    }
    throw new ConfigException(PORT, "is not a port: " + value);
  }

  private static boolean flag(String value) {
    return switch (value.trim()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(LEADER, "is neither true nor false: " + value);
    };
  }
}
