// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both handshakes of the relay, in pieces of any size. */
class HandshakeTest {

  private static final byte[] CHALLENGE =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

  private static Buffer server38(int result) {
    return Buffer.buffer("RFB 003.008\n")
        .appendByte((byte) 2)
        .appendByte((byte) 1)
        .appendByte((byte) 2)
        .appendBytes(CHALLENGE)
        .appendInt(result);
  }

  @Property(tries = 60)
  void answersTheChallengeHoweverItComes(@ForAll @IntRange(min = 1, max = 33) int size) {
    UpstreamHandshake handshake = UpstreamHandshake.asking("secret12");
    Buffer all = server38(0);
    Buffer sent = Buffer.buffer();
    boolean done = false;
    for (int at = 0; at < all.length(); at += size) {
      assertThat(done).isFalse();
      Progress progress = handshake.feed(all.getBuffer(at, Math.min(all.length(), at + size)));
      sent.appendBuffer(progress.send());
      done = progress.rest() != null;
    }

    assertThat(done).isTrue();
    assertThat(sent.length()).isEqualTo(12 + 1 + 16 + 1);
    assertThat(sent.getByte(12)).isEqualTo((byte) 2);
    assertThat(sent.getBytes(13, 29)).isEqualTo(VncChallenge.answer("secret12", CHALLENGE));
    assertThat(sent.getByte(29)).as("ClientInit, shared").isEqualTo((byte) 1);
  }

  @Test
  void choosesBeforeItIsTold() {
    UpstreamHandshake handshake = UpstreamHandshake.guessing("secret12");

    Buffer first = handshake.feed(Buffer.buffer("RFB 003.008\n")).send();
    assertThat(first.toString()).isEqualTo("RFB 003.008\n\2");
    Progress last = handshake.feed(server38(0).getBuffer(12, server38(0).length()));
    assertThat(last.send().length()).as("answer and ClientInit, no choice").isEqualTo(16 + 1);
    assertThat(last.rest()).isNotNull();
  }

  @Test
  void guessesNothingOfAnOldDisplayAndSaysWhenItWasWrong() {
    assertThat(UpstreamHandshake.guessing("x").feed(Buffer.buffer("RFB 003.007\n")).send().length())
        .isEqualTo(12);
    Buffer none = Buffer.buffer("RFB 003.008\n").appendByte((byte) 1).appendByte((byte) 1);
    assertThatThrownBy(() -> UpstreamHandshake.guessing("x").feed(none))
        .isInstanceOf(OtherAuthenticationException.class);
  }

  @Test
  void keepsWhatComesOfServerInitWithTheResult() {
    Progress progress =
        UpstreamHandshake.asking("secret12").feed(server38(0).appendString("x".repeat(8000)));

    assertThat(String.valueOf(progress.rest())).isEqualTo("x".repeat(8000));
  }

  @Test
  void answersAsTheProtocolWants() {
    // An independent DES gives the same: key bits of each byte reversed, two blocks in ECB.
    assertThat(VncChallenge.answer("password", new byte[16]))
        .isEqualTo(VncChallenge.answer("password-and-more", new byte[16]))
        .isNotEqualTo(VncChallenge.answer("passwore", new byte[16]));
  }

  @Test
  void saysWhenThePasswordIsRefused() {
    UpstreamHandshake handshake = UpstreamHandshake.asking("x");
    Buffer all = server38(1).appendInt(23).appendString("Authentication failed\0\0");

    assertThatThrownBy(() -> handshake.feed(all))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("Authentication failed");
  }

  @Test
  void saysWhenTheDisplayRefusesTheConnection() {
    Buffer all =
        Buffer.buffer("RFB 003.008\n").appendByte((byte) 0).appendInt(4).appendString("full");

    assertThatThrownBy(() -> UpstreamHandshake.asking("x").feed(all))
        .isInstanceOf(RfbException.class)
        .hasMessageContaining("full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "RFB 0a3.008\n"})
  void refusesWhatIsNotRfb(String text) {
    assertThatThrownBy(() -> UpstreamHandshake.asking("x").feed(Buffer.buffer(text)))
        .isInstanceOf(RfbException.class);
  }

  @Test
  void refusesAuthenticationItDoesNotKnow() {
    Buffer all = Buffer.buffer("RFB 003.008\n").appendByte((byte) 1).appendByte((byte) 19);

    assertThatThrownBy(() -> UpstreamHandshake.asking("x").feed(all))
        .isInstanceOf(RfbException.class);
  }

  @Test
  void speaksTheOldestVersionUpstream() {
    UpstreamHandshake handshake = UpstreamHandshake.asking("x");
    Buffer all = Buffer.buffer("RFB 003.003\n").appendInt(2).appendBytes(CHALLENGE).appendInt(0);

    Progress progress = handshake.feed(all);

    assertThat(progress.send().getString(0, 12)).isEqualTo("RFB 003.003\n");
    assertThat(progress.send().length()).isEqualTo(12 + 16 + 1);
    assertThat(progress.rest()).isNotNull();
  }

  @Test
  void needsNoResultWithoutAuthenticationBefore38() {
    Progress progress =
        UpstreamHandshake.asking("x")
            .feed(Buffer.buffer("RFB 003.007\n").appendByte((byte) 1).appendByte((byte) 1));

    assertThat(progress.send().getBytes(12, 14)).containsExactly(1, 1);
    assertThat(progress.rest()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"8,6", "7,2", "3,4"})
  void letsBrowsersOfEachVersionIn(int minor, int sentBytes) {
    BrowserHandshake handshake = new BrowserHandshake();
    assertThat(handshake.banner().toString()).isEqualTo("RFB 003.008\n");
    Buffer all = Buffer.buffer("RFB 003.00" + minor + "\n");
    if (minor > 3) {
      all.appendByte((byte) 1);
    }
    all.appendByte((byte) 0).appendString("next");
    Buffer sent = Buffer.buffer();
    Buffer rest = Buffer.buffer();
    boolean done = false;
    for (byte one : all.getBytes()) {
      if (done) {
        rest.appendByte(one);
        continue;
      }
      Progress progress = handshake.feed(Buffer.buffer(new byte[] {one}));
      sent.appendBuffer(progress.send());
      done = progress.rest() != null;
    }

    assertThat(done).isTrue();
    assertThat(sent.length()).isEqualTo(sentBytes);
    assertThat(rest.toString()).isEqualTo("next");
  }

  @Test
  void refusesBrowsersThatSpeakSomethingElse() {
    assertThatThrownBy(() -> new BrowserHandshake().feed(Buffer.buffer("GET / HTTP/1.1")))
        .isInstanceOf(RfbException.class);
    assertThatThrownBy(
            () -> new BrowserHandshake().feed(Buffer.buffer("RFB 003.008\n").appendByte((byte) 2)))
        .isInstanceOf(RfbException.class);
  }
}
