// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a relay is told at its start; all else it reads live from its ProxmoxHost.
 *
 * @param bind address to listen on
 * @param publicPort 0 takes any free port
 * @param managementPort 0 takes any free port
 * @param credentialsDir may be missing or empty for as long as the Secret is
 * @param caDir directory of the CA ConfigMap, empty when none is mounted
 * @param tlsDir directory of tls.crt and tls.key, empty when the relay serves plain HTTP
 * @param warmupRounds consoles that are opened over loopback before the relay is ready
 * @param warmupLimit after which it is ready with fewer
 */
public record RelayConfig(
    String hostName,
    String hostNamespace,
    String podName,
    String bind,
    int publicPort,
    int managementPort,
    Path credentialsDir,
    Optional<Path> caDir,
    Path keysDir,
    Optional<Path> tlsDir,
    Path tmpDir,
    int warmupRounds,
    Duration warmupLimit) {

  private static final String PREFIX = "PVECONSOLE_";
  private static final int MAX_PORT = 65535;
  private static final int WARMUP_ROUNDS = 200;
  private static final int MAX_WARMUP_ROUNDS = 10_000;

  /** One core opens some ninety consoles in that time, the first of which takes seconds. */
  private static final int WARMUP_SECONDS = 15;

  private static final int MAX_WARMUP_SECONDS = 600;

  /** Two servers on one port would take each other's connections in turn. */
  public RelayConfig {
    if (publicPort == managementPort && publicPort != 0) {
      throw new ConfigException(
          PREFIX + "MANAGEMENT_PORT", "is that of the consoles, too: " + managementPort);
    }
  }

  /** Reads the environment. */
  public static RelayConfig from(Map<String, String> environment) {
    Optional<Path> tls = directory(environment, "TLS_DIR");
    return new RelayConfig(
        text(environment, "HOST_NAME"),
        text(environment, "HOST_NAMESPACE"),
        text(environment, "POD_NAME"),
        environment.getOrDefault(PREFIX + "BIND", "0.0.0.0"),
        port(environment, "PUBLIC_PORT", tls.isPresent() ? 8443 : 8080),
        port(environment, "MANAGEMENT_PORT", 8081),
        Path.of(text(environment, "CREDENTIALS_DIR")),
        directory(environment, "CA_DIR"),
        Path.of(text(environment, "KEYS_DIR")),
        tls,
        directory(environment, "TMP_DIR").orElse(Path.of("/tmp")),
        number(environment, "WARMUP_ROUNDS", WARMUP_ROUNDS, MAX_WARMUP_ROUNDS),
        Duration.ofSeconds(
            number(environment, "WARMUP_SECONDS", WARMUP_SECONDS, MAX_WARMUP_SECONDS)));
  }

  private static String text(Map<String, String> environment, String name) {
    String value = environment.get(PREFIX + name);
    if (value == null || value.isBlank()) {
      throw new ConfigException(PREFIX + name, "is not set");
    }
    return value;
  }

  private static Optional<Path> directory(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(PREFIX + name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  private static int port(Map<String, String> environment, String name, int usual) {
    return number(environment, name, usual, MAX_PORT);
  }

  private static int number(Map<String, String> environment, String name, int usual, int most) {
    String value = environment.get(PREFIX + name);
    if (value == null || value.isBlank()) {
      return usual;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new ConfigException(PREFIX + name, "is not a number: " + value);
    }
    throw new ConfigException(PREFIX + name, "is not between 0 and " + most + ": " + value);
  }
}
