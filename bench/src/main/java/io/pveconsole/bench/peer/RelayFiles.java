// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a pod would mount and be told. */
final class RelayFiles {

  static final String CA_KEY = "pve-root-ca.pem";
  private static final int KEY_BYTES = 32;

  private final StageOptions options;
  private final Path directory;

  RelayFiles(StageOptions options) {
    this.options = options;
    this.directory = options.directory().resolve("relay");
  }

  /**
   * Writes all of it.
   *
   * @param apiPort of the API server on 127.0.0.1
   * @return the relay's environment
   */
  Map<String, String> write(int apiPort) throws IOException {
    String[] token = options.token().split("=", 2);
    write("credentials/tokenId", token[0]);
    write("credentials/tokenSecret", token[1]);
    write("ca/" + CA_KEY, Files.readString(options.proxmoxCa()));
    write("tls/tls.crt", Files.readString(options.certificate()));
    write("tls/tls.key", Files.readString(options.key()));
    write("keys/current", key());
    write("account/token", "bench");
    write("tmp/.keep", "");
    Map<String, String> environment = environment();
    environment.putAll(account(apiPort));
    Path script = options.directory().resolve("relay.env");
    Path part = options.directory().resolve("relay.env.part");
    Files.writeString(
        part,
        environment.entrySet().stream()
            .map(entry -> "export " + entry.getKey() + "='" + entry.getValue() + "'\n")
            .collect(Collectors.joining()));
    Files.move(part, script);
    return environment;
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String key() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new JsonObject()
        .put("kid", "k1")
        .put("key", Base64.getEncoder().encodeToString(key))
        .put("notBefore", "2026-01-01T00:00:00Z")
        .encode();
  }

  /** How a pod finds its API server, without the files that only a pod has. */
  private Map<String, String> account(int apiPort) {
    return Map.of(
        "KUBERNETES_AUTH_TRYKUBECONFIG",
        "false",
        "KUBERNETES_MASTER",
        "https://127.0.0.1:" + apiPort,
        "KUBERNETES_CERTS_CA_FILE",
        options.proxmoxCa().toAbsolutePath().toString(),
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
        directory.resolve("account/token").toString());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PVECONSOLE_HOST_NAME", StageObjects.HOST);
    environment.put("PVECONSOLE_HOST_NAMESPACE", StageObjects.NAMESPACE);
    environment.put("PVECONSOLE_POD_NAME", "pve7-relay-1");
    environment.put("PVECONSOLE_BIND", "127.0.0.1");
    environment.put("PVECONSOLE_PUBLIC_PORT", String.valueOf(options.port()));
    environment.put("PVECONSOLE_MANAGEMENT_PORT", String.valueOf(options.managementPort()));
    environment.put("PVECONSOLE_CREDENTIALS_DIR", directory.resolve("credentials").toString());
    environment.put("PVECONSOLE_CA_DIR", directory.resolve("ca").toString());
    environment.put("PVECONSOLE_KEYS_DIR", directory.resolve("keys").toString());
    environment.put("PVECONSOLE_TLS_DIR", directory.resolve("tls").toString());
    environment.put("PVECONSOLE_TMP_DIR", directory.resolve("tmp").toString());
    return environment;
  }
}
