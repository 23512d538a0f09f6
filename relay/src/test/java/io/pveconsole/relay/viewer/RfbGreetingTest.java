// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pveconsole.relay.rfb.RfbException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a browser says before its guest is reached. */
class RfbGreetingTest {

  private static final Buffer WHOLE = Buffer.buffer("RFB 003.008\n").appendBytes(new byte[] {1, 1});

  private final Buffer told = Buffer.buffer();
  private final RfbGreeting greeting =
      new RfbGreeting(
          new SilentSocket() {
            @Override
            public void send(Buffer data) {
              told.appendBuffer(data);
            }
          });

  @Test
  void saysWhoSpeaksOnce() {
    assertThat(greeting.isExpected()).isFalse();
    greeting.begin();
    greeting.begin();

    assertThat(told.toString(StandardCharsets.ISO_8859_1)).isEqualTo("RFB 003.008\n");
    assertThat(greeting.isDone()).isFalse();
  }

  @Test
  void tellsABrowserThatSpeaksFirstWhoSpeaks() {
    greeting.expect();
    assertThat(told.length()).isZero();

    greeting.feed(Buffer.buffer("RFB 003.008\n"));
    greeting.begin();

    assertThat(told.getBytes())
        .isEqualTo(
            Buffer.buffer("RFB 003.008\n").appendBytes(new byte[] {1, 1, 0, 0, 0, 0}).getBytes());
  }

  @Test
  void keepsWhatFollowsTheHandshake() {
    greeting.feed(WHOLE.copy().appendByte((byte) 4));
    greeting.feed(Buffer.buffer(new byte[] {5}));

    assertThat(greeting.isDone()).isTrue();
    assertThat(greeting.takeAhead().getBytes()).containsExactly(4, 5);
    assertThat(greeting.takeAhead().length()).isZero();
  }

  @Test
  void doesNotKeepWithoutBound() {
    greeting.feed(WHOLE);
    greeting.feed(Buffer.buffer(new byte[64 * 1024]));

    assertThatThrownBy(() -> greeting.feed(Buffer.buffer(new byte[1])))
        .isInstanceOf(RfbException.class)
        .hasMessageContaining("before ServerInit");
  }
}
