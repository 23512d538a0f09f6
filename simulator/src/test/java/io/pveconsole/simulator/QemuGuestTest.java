// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest backed by a real QEMU; skipped where QEMU is not installed. */
class QemuGuestTest {
  @RegisterExtension final Cluster cluster = new Cluster(b -> b.qemuGuests(Set.of(100)));

  @Test
  void showsARealScreenAndTakesKeys() throws Exception {
    assumeThat(
            Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "qemu-system-x86_64"))))
        .as("qemu-system-x86_64 is installed")
        .isTrue();
    // An emulated processor runs the BIOS: some seconds of a whole core, of which others want most.
    Duration patience = Duration.ofMinutes(3);
    await("the sector boots")
        .atMost(patience)
        .until(() -> cluster.get().screenText(100).contains("QEMU guest 100, web-1"));
    try (Viewer viewer = Viewer.open(cluster.token(), 100)) {
      assertThat(viewer.name).isEqualTo("QEMU (web-1)");
      viewer.request(false);
      viewer.update();
      assertThat(Arrays.stream(viewer.pixels).map(p -> p & 0xffffff).distinct().count())
          .isGreaterThan(1);
      viewer.type("hello");
      await("the keys arrive")
          .atMost(patience)
          .until(() -> cluster.get().screenText(100).contains("\nhello"));
      cluster.get().guests().stop(100);
      viewer.console.drain();
    }
    assertThat(cluster.get().guest(100).status()).isEqualTo("stopped");
  }
}
