// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessesTest {
  private static final List<String> PARENT = List.of("sh", "-c", "sleep 600 & echo $!; wait");

  @TempDir Path directory;

  private static ProcessHandle grandchild(ChildProcess child) {
    await("the grandchild's number")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(child.log()) && Files.size(child.log()) > 1);
    return ProcessHandle.of(Long.parseLong(child.lastLines(1).strip())).orElseThrow();
  }

  private static void awaitGone(ProcessHandle process) {
    await("it is gone").atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
  }

  @Test
  void whatAKilledChildHasStartedEndsToo() throws IOException {
    try (RunDirectory run = RunDirectory.claim(directory);
        ChildProcesses children = new ChildProcesses(run)) {
      ChildProcess child = children.start(new ChildCommand("parent", PARENT, Map.of()));
      ProcessHandle grandchild = grandchild(child);
      assertThat(grandchild.isAlive()).isTrue();
      ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
      awaitGone(grandchild);
      await("its note is gone")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !Files.exists(run.pids().resolve(Long.toString(child.pid()))));
    }
  }

  @Test
  void theGuardEndsWhatIsLeftAndLetsNothingStart() throws Exception {
    try (RunDirectory run = RunDirectory.claim(directory)) {
      ChildProcesses children = new ChildProcesses(run);
      ChildProcess child = children.start(new ChildCommand("parent", PARENT, Map.of()));
      ProcessHandle grandchild = grandchild(child);
      children.close();
      assertThat(child.isAlive()).isFalse();
      awaitGone(grandchild);
      assertThat(run.run()).doesNotExist();

      Files.createDirectories(run.run());
      Path launch = Scripts.unpack("launch.sh", run.run());
      Process refused =
          new ProcessBuilder("sh", launch.toString(), run.pids().toString(), "sleep", "600")
              .start();
      assertThat(refused.waitFor()).isNotZero();
    }
  }
}
