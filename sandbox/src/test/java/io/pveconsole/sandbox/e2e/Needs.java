// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is missing the test is skipped with a loud line, or
 * fails when PVECONSOLE_TESTS_MUST_RUN is true, as in CI.
 */
final class Needs {
  private Needs() {}

  static void browser() {
    need(Browser.installed(), "Chromium and chromedriver (Debian: chromium, chromium-driver)");
  }

  static void qemu() {
    boolean found =
        Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "qemu-system-x86_64")));
    need(found, "QEMU (Debian: qemu-system-x86)");
  }

  /** The folder with its programs. */
  static Path apiServer() {
    String assets = System.getenv("KUBEBUILDER_ASSETS");
    Path cache =
        Path.of(
            Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .orElse(System.getProperty("user.home") + "/.cache"),
            "pveconsole/apiserver");
    boolean given = assets != null && Files.isExecutable(Path.of(assets, "kube-apiserver"));
    need(
        given || Files.isExecutable(cache.resolve("kube-apiserver")),
        "a Kubernetes API server (set KUBEBUILDER_ASSETS, or run sandbox/apiserver/build)");
    return given ? Path.of(assets) : cache;
  }

  private static void need(boolean met, String what) {
    if (met) {
      return;
    }
    String line = "NOT TESTED: " + what + " is not on this machine";
    if (Boolean.parseBoolean(System.getenv("PVECONSOLE_TESTS_MUST_RUN"))) {
      assertThat(met).as(line).isTrue();
    }
    System.err.println(line);
    Assumptions.abort(line);
  }
}
