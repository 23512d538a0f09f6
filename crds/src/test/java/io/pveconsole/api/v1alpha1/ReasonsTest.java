// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasons are a part of the interface: one word each, and each one explained. */
class ReasonsTest {

  private static final Pattern CONSTANT = Pattern.compile("(?m)^  ([A-Z][A-Za-z]*)[,;(]?");

  static List<Path> reasons() throws IOException {
    Path folder = Path.of("src/main/java/io/pveconsole/api/v1alpha1");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith("Reason.java")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void areExplained(Path file) throws IOException {
    String source = Files.readString(file);
    String body = source.substring(source.indexOf("enum "));
    List<String> names = CONSTANT.matcher(body).results().map(r -> r.group(1)).toList();
    assertThat(names).isNotEmpty();
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(body)
                    .as("Javadoc of %s", name)
                    .containsPattern("\\*/\\n  " + name + "\\b"));
  }
}
