// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mounted keys. */
class KeyFilesTest {

  @TempDir Path directory;

  private void write(String slot, String content) throws IOException {
    Files.writeString(directory.resolve(slot), content);
  }

  private static String key(String kid) {
    return "{\"kid\":\""
        + kid
        + "\",\"key\":\""
        + Base64.getEncoder().encodeToString(new byte[32])
        + "\",\"notBefore\":\"2026-01-01T00:00:00Z\"}";
  }

  @Test
  void readsTheSlotsThatAreThere() throws IOException {
    write("current", key("b"));
    write("next", key("c"));
    write("previous", "");

    KeyRing ring = new KeyFiles(directory).read();

    assertThat(ring.current().kid()).isEqualTo("b");
    assertThat(ring.previous()).isNull();
    assertThat(ring.newestKid()).isEqualTo("c");
    assertThat(ring.find("zzz")).isEmpty();
    assertThat(ring.find(ring.current().header())).contains(ring.current());
  }

  @Test
  void saysWhichFileIsWrongWithoutItsContent() throws IOException {
    assertThatThrownBy(() -> new KeyFiles(directory).read()).hasMessageContaining("current");
    for (String bad :
        new String[] {"secret-text", "{\"kid\":\"k\",\"key\":\"c2VjcmV0\"}", "{\"kid\":5}"}) {
      write("current", bad);
      assertThatThrownBy(() -> new KeyFiles(directory).read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("current")
          .hasMessageNotContaining("secret-text")
          .hasMessageNotContaining("c2VjcmV0");
    }
  }
}
