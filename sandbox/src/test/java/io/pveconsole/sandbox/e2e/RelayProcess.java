// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A relay of a sandbox: its process, and the environment that Linux shows of it. */
record RelayProcess(ProcessHandle handle, Map<String, String> environment) {

  /** All that run below a sandbox now, by pod name. */
  static List<RelayProcess> of(ProcessHandle sandbox) {
    return sandbox
        .descendants()
        .flatMap(process -> read(process).stream())
        .filter(relay -> relay.environment().containsKey("PVECONSOLE_POD_NAME"))
        .filter(relay -> isJava(relay.handle()))
        .sorted(Comparator.comparing(RelayProcess::pod))
        .toList();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
  }

  private static Optional<RelayProcess> read(ProcessHandle process) {
    try {
      String text =
          Files.readString(
              Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
      Map<String, String> environment =
          Stream.of(text.split("\0"))
              .map(entry -> entry.split("=", 2))
              .filter(entry -> entry.length == 2)
              .collect(Collectors.toMap(e -> e[0], e -> e[1], (one, other) -> one));
      return Optional.of(new RelayProcess(process, environment));
    } catch (IOException e) {
      return Optional.empty(); // it ended meanwhile
    }
  }

  String pod() {
    return environment.get("PVECONSOLE_POD_NAME");
  }

  /** Its own public port, past the Service. */
  URI address() {
    return URI.create("http://127.0.0.1:" + environment.get("PVECONSOLE_PUBLIC_PORT"));
  }

  URI management() {
    return URI.create("http://127.0.0.1:" + environment.get("PVECONSOLE_MANAGEMENT_PORT"));
  }

  /** As the kernel does when memory is short. */
  void kill() {
    handle.destroyForcibly();
  }
}
