// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Where etcd and kube-apiserver come from, and the folder in which kube-api-test looks for them. It
 * has etcd listen everywhere and cannot pass flags on to it, so scripts of their names lie there.
 */
final class ApiServerFiles {

  static final String VERSION = "1.0.0";

  private static final String LOOPBACK_ONLY =
      """
      for word; do
        shift
        case $word in
          http://0.0.0.0:*) word=http://127.0.0.1:${word##*:} ;;
        esac
        set -- "$@" "$word"
      done
      """;

  private ApiServerFiles() {}

  /** Skips the test, or fails it where tests must run, when there is no API server. */
  static Path binaries() {
    Optional<Path> found =
        Stream.of(System.getenv("KUBEBUILDER_ASSETS"), cache("apiserver"))
            .filter(folder -> folder != null && !folder.isEmpty())
            .map(Path::of)
            .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")))
            .filter(folder -> Files.isExecutable(folder.resolve("etcd")))
            .findFirst();
    String line =
        "NOT TESTED: a Kubernetes API server (set KUBEBUILDER_ASSETS, or run"
            + " sandbox/apiserver/build) is not on this machine";
    if (found.isEmpty()) {
      assertThat(Boolean.parseBoolean(System.getenv("PVECONSOLE_TESTS_MUST_RUN")))
          .as(line)
          .isFalse();
      System.err.println(line);
      Assumptions.abort(line);
    }
    return found.orElseThrow();
  }

  private static String cache(String name) {
    String caches =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return caches + "/pveconsole/" + name;
  }

  /** Ends the programs with this JVM, however that ends. */
  static void lay(Path directory, Path binaries) throws IOException {
    Path bin = directory.resolve("k8s").resolve(VERSION + Utils.platformSuffix(new OSInfo()));
    Files.createDirectories(bin);
    script(bin.resolve("etcd"), LOOPBACK_ONLY, binaries.resolve("etcd") + " --unsafe-no-fsync");
    script(bin.resolve("kube-apiserver"), "", binaries.resolve("kube-apiserver").toString());
    Files.createSymbolicLink(bin.resolve("kubectl"), binaries.resolve("kubectl"));
  }

  private static void script(Path file, String before, String program) throws IOException {
    String guarded =
        """
        #!/bin/sh
        %s(
          while kill -0 %d && kill -0 $$; do sleep 1; done
          kill $$
        ) >/dev/null 2>&1 </dev/null &
        exec %s "$@" >>%s.log 2>&1
        """;
    Files.writeString(
        file, guarded.formatted(before, ProcessHandle.current().pid(), program, file));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
