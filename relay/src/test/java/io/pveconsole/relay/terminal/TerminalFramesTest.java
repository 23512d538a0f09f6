// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** termproxy's framing and login. */
class TerminalFramesTest {

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(TerminalFrames.input(Buffer.buffer("é:1")).toString()).isEqualTo("0:4:é:1");
  }

  @Test
  void keepsSizesSensible() {
    assertThat(TerminalFrames.resize(120, 40).toString()).isEqualTo("1:120:40:");
    assertThat(TerminalFrames.resize(-5, Integer.MAX_VALUE).toString()).isEqualTo("1:2:500:");
    assertThat(TerminalFrames.ping().toString()).isEqualTo("2");
  }

  @Test
  void waitsForTheAnswerToTheLogin() {
    TerminalLogin login = new TerminalLogin();

    assertThat(login.feed(Buffer.buffer("O"))).isNull();
    assertThat(login.feed(Buffer.buffer("K$ "))).isEqualTo(Buffer.buffer("$ "));
  }

  @Test
  void noticesARefusedLogin() {
    assertThatThrownBy(() -> new TerminalLogin().feed(Buffer.buffer("no")))
        .isInstanceOf(IllegalStateException.class);
  }
}
