// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.pveconsole.sandbox.api.real.ApiServerBinaries;
import io.pveconsole.sandbox.fake.FakeHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program on a real API server, with fakes for simulator, operator and relay. */
class SandboxProgramIT {

  @TempDir Path directory;

  @BeforeEach
  void needsAnApiServer() {
    assumeThat(ApiServerBinaries.find(System.getenv()))
        .as("SKIPPED: no kube-apiserver; set KUBEBUILDER_ASSETS or run sandbox/apiserver/build")
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void printsALinkAndLeavesNothing(boolean killed) throws Exception {
    Path home = FakeHome.in(Files.createDirectories(directory.resolve("home")));
    try (SandboxProcess sandbox = SandboxProcess.start(home, directory, "--api", "real")) {
      sandbox.awaitText("What to try next");
      assertThat(sandbox.text())
          .contains("Console: http://localhost:")
          .contains("export KUBECONFIG=")
          .contains("kube-apiserver v");
      if (killed) {
        sandbox.process().destroyForcibly();
      } else {
        sandbox.process().destroy();
      }
      sandbox.awaitExit();
    }
    await("no process is left")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(SandboxProcess.programsOf(directory)).isEmpty());
    await("no file is left but logs")
        .untilAsserted(() -> assertThat(directory.resolve("1/run")).doesNotExist());
  }
}
