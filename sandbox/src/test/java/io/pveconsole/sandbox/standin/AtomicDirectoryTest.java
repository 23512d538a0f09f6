// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {

  @TempDir Path directory;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void filesAreLinksThroughOneLinkThatIsSwapped() throws IOException {
    AtomicDirectory mount = new AtomicDirectory(directory);
    assertThat(mount.update(Map.of("token", bytes("1"), "user", bytes("me")))).isTrue();
    Path data = directory.resolve("..data");
    Path first = Files.readSymbolicLink(data);
    assertThat(Files.readSymbolicLink(directory.resolve("token")))
        .isEqualTo(Path.of("..data/token"));
    assertThat(directory.resolve("token")).hasContent("1");

    assertThat(mount.update(Map.of("token", bytes("2")))).isTrue();
    assertThat(Files.readSymbolicLink(data)).isNotEqualTo(first);
    assertThat(directory.resolve("token")).hasContent("2");
    assertThat(directory.resolve("user")).doesNotExist();
    assertThat(directory.resolve(first)).doesNotExist();
  }

  @Test
  void nothingIsSwappedWithoutAChange() throws IOException {
    AtomicDirectory mount = new AtomicDirectory(directory);
    mount.update(Map.of("token", bytes("1")));
    Path before = Files.readSymbolicLink(directory.resolve("..data"));
    assertThat(mount.update(Map.of("token", bytes("1")))).isFalse();
    assertThat(Files.readSymbolicLink(directory.resolve("..data"))).isEqualTo(before);
  }

  @Test
  void anEmptyVolumeIsThereAndPathsMayHaveFolders() throws IOException {
    AtomicDirectory mount = new AtomicDirectory(directory);
    mount.update(Map.of());
    assertThat(directory.resolve("..data")).isDirectory();
    mount.update(Map.of("sub/file", bytes("x")));
    assertThat(directory.resolve("sub/file")).hasContent("x");
  }
}
