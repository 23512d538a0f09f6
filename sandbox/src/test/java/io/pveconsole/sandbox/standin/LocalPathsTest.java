// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalPathsTest {

  private final LocalPaths paths =
      new LocalPaths(
          Map.of(
              "/tmp", Path.of("/tmp/box/tmp"),
              "/run/keys", Path.of("/tmp/box/keys"),
              "/run/keys/old", Path.of("/tmp/box/old")));

  @Test
  void replacesEachPlaceOnce() {
    assertThat(paths.replaceIn("/run/keys")).isEqualTo("/tmp/box/keys");
    assertThat(paths.replaceIn("/tmp")).isEqualTo("/tmp/box/tmp");
  }

  @Test
  void prefersTheLongestMount() {
    assertThat(paths.replaceIn("/run/keys/old/a:/run/keys/b"))
        .isEqualTo("/tmp/box/old/a:/tmp/box/keys/b");
  }

  @Test
  void leavesOtherPathsAlone() {
    assertThat(paths.replaceIn("/var/tmp /tmpfs ./tmp")).isEqualTo("/var/tmp /tmpfs ./tmp");
  }
}
