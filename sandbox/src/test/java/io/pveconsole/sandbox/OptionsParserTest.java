// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsParserTest {

  @Test
  void hasDefaults() {
    Options options = OptionsParser.parse("--home", "/");
    assertThat(options.api()).isEqualTo(Options.ApiChoice.AUTO);
    assertThat(options.demo()).isTrue();
    assertThat(options.port()).isNull();
    assertThat(options.directory()).isEqualTo(Path.of("/.sandbox"));
    assertThat(options.scheme()).isEqualTo("http");
  }

  @Test
  void readsAllOptions() {
    Options options =
        OptionsParser.parse(
            "--api",
            "mock",
            "--port",
            "9000",
            "--no-demo",
            "--tls",
            "--apply",
            "/",
            "--qemu",
            "101");
    assertThat(options.api()).isEqualTo(Options.ApiChoice.MOCK);
    assertThat(options.port()).isEqualTo(9000);
    assertThat(options.demo()).isFalse();
    assertThat(options.scheme()).isEqualTo("https");
    assertThat(options.apply()).containsExactly(Path.of("/"));
    assertThat(options.qemu()).isEqualTo("101");
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus, Unknown option --bogus",
    "--port, needs a value",
    "--port 0, not between 1 and 65535",
    "--port x, is not a number",
    "--api cloud, 'not real, mock or auto'",
    "--apply /does/not/exist, does not exist",
    "--tls-cert /, belong together"
  })
  void refusesNonsenseWithACure(String line, String message) {
    assertThatThrownBy(() -> OptionsParser.parse(line.split(" ")))
        .isInstanceOfSatisfying(SandboxException.class, e -> assertThat(e.cure()).isNotBlank())
        .hasMessageContaining(message);
  }
}
