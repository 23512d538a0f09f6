// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private static final String BANNER = "RFB 003.008\n";

  private final Buffer said = Buffer.buffer();
  private final Handshake handshake = new Handshake(said::appendBuffer);

  @Test
  void goesThroughByteByByte() {
    Buffer server =
        Buffer.buffer(BANNER)
            .appendBytes(new byte[] {1, 1})
            .appendInt(0)
            .appendBytes(new byte[20])
            .appendInt(2)
            .appendString("vm");
    for (int i = 0; i < server.length() - 1; i++) {
      assertThat(handshake.feed(server.getBuffer(i, i + 1))).isFalse();
    }

    assertThat(handshake.feed(Buffer.buffer("m!"))).isTrue();
    assertThat(handshake.rest().toString()).isEqualTo("!");
    assertThat(said).isEqualTo(Buffer.buffer(BANNER).appendBytes(new byte[] {1, 1}));
  }

  @Test
  void refusesWhatIsNoRfb() {
    assertThatThrownBy(() -> handshake.feed(Buffer.buffer("HTTP/1.1 200 OK")))
        .isInstanceOf(RfbException.class);
  }

  @Test
  void refusesAPassword() {
    assertThatThrownBy(() -> handshake.feed(Buffer.buffer(BANNER).appendBytes(new byte[] {1, 2})))
        .hasMessageContaining("None");
  }

  @Test
  void refusesToBeRefused() {
    assertThatThrownBy(
            () -> handshake.feed(Buffer.buffer(BANNER).appendBytes(new byte[] {1, 1}).appendInt(1)))
        .hasMessage("refused");
  }

  @Test
  void takesNoNameWithoutEnd() {
    assertThatThrownBy(() -> handshake.feed(Buffer.buffer(new byte[5000])))
        .hasMessageContaining("without end");
  }
}
