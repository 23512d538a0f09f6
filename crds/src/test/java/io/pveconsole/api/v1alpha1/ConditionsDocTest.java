// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** With -Ddocs.write=true the page is written. */
class ConditionsDocTest {

  private static final Path PAGE = Path.of("..", "docs", "conditions.md");

  @Test
  void thePageIsWhatTheEnumsSay() throws IOException {
    String text = ConditionsDoc.text();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, text);
    }
    assertThat(text)
        .as("docs/conditions.md: mvn -pl crds test -Dtest=ConditionsDocTest -Ddocs.write=true")
        .isEqualTo(Files.readString(PAGE));
  }

  @Test
  void noReasonIsLeftOut() throws IOException {
    String text = ConditionsDoc.text();
    assertThat(Arrays.stream(HostReason.values()).map(reason -> "| `" + reason + "` |"))
        .allSatisfy(row -> assertThat(text).contains(row));
    assertThat(Arrays.stream(SessionReason.values()).map(reason -> "| `" + reason + "` |"))
        .allSatisfy(row -> assertThat(text).contains(row));
    assertThat(text.lines().filter(line -> line.startsWith("| `")).count())
        .isEqualTo(
            HostReason.values().length
                + SessionReason.values().length
                + TerminationReason.values().length
                + 7
                + 4);
  }

  @Test
  void everyEndIsAReasonOfASession() {
    assertThat(Arrays.stream(TerminationReason.values()).map(Enum::name))
        .isSubsetOf(Arrays.stream(SessionReason.values()).map(Enum::name).toList());
  }
}
