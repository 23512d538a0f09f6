// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cutting the browser's bytes into messages. */
class ClientMessageScannerTest {

  @Provide
  Arbitrary<List<Buffer>> messages() {
    return Arbitraries.of(
            Messages.pixelFormat(),
            Messages.encodings(),
            Messages.encodings(7, 1, 0, -239),
            Messages.request(true, 1, 2, 3, 4),
            Messages.key(true, 0x61),
            Messages.pointer(1, 100, 200),
            Messages.cutText(""),
            Messages.cutText("some text"),
            Messages.extendedCutText(1 << 25, 0),
            Messages.extendedCutText(1 << 28, 30),
            Messages.qemuKey(true, 0x61, 30),
            Messages.qemuAudio(0),
            Messages.qemuAudio(2),
            Messages.desktopSize(2),
            Messages.fence(5),
            Messages.xvp(),
            Messages.continuousUpdates())
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 300)
  void findsTheSameMessagesWhereverTheyAreSplit(
      @ForAll("messages") List<Buffer> messages,
      @ForAll List<@net.jqwik.api.constraints.IntRange(min = 1, max = 40) Integer> cuts) {
    Buffer all = Buffer.buffer();
    messages.forEach(all::appendBuffer);
    ClientMessageScanner scanner = new ClientMessageScanner();
    List<Buffer> found = new ArrayList<>();

    int at = 0;
    int cut = 0;
    while (at < all.length()) {
      int size = cuts.isEmpty() ? 1 : cuts.get(cut++ % cuts.size());
      int end = Math.min(all.length(), at + size);
      scanner.feed(all.getBuffer(at, end), message -> found.add(message.copy()));
      at = end;
    }

    assertThat(found).isEqualTo(messages);
    assertThat(scanner.pendingBytes()).isZero();
  }

  @Property(tries = 500)
  void neverKeepsMoreThanOneMessageOfAnyBytes(@ForAll byte[] bytes) {
    ClientMessageScanner scanner = new ClientMessageScanner();
    try {
      for (byte one : bytes) {
        scanner.feed(Buffer.buffer(new byte[] {one}), message -> {});
      }
    } catch (RfbException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    assertThat(scanner.pendingBytes()).isLessThanOrEqualTo(bytes.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 77, 149, 151, 249, 252, 253, 254})
  void refusesATypeOfUnknownLength(int type) {
    ClientMessageScanner scanner = new ClientMessageScanner();

    assertThatThrownBy(() -> scanner.feed(Buffer.buffer(new byte[] {(byte) type}), message -> {}))
        .isInstanceOf(RfbException.class);
  }

  @Test
  void refusesLengthsBeyondTheLimits() {
    List<Buffer> hostile =
        List.of(
            Buffer.buffer().appendInt(0x06000000).appendInt(ClientMessageScanner.MAX_CUT_TEXT + 1),
            Buffer.buffer().appendInt(0x06000000).appendInt(Integer.MAX_VALUE),
            Buffer.buffer().appendInt(0x06000000).appendInt(Integer.MIN_VALUE),
            Buffer.buffer().appendInt(0x06000000).appendInt(-ClientMessageScanner.MAX_CUT_TEXT - 1),
            Buffer.buffer(new byte[] {2, 0, -1, -1}),
            Buffer.buffer(new byte[] {(byte) 251, 0, 0, 0, 0, 0, 17, 0}),
            Buffer.buffer(new byte[] {(byte) 248, 0, 0, 0, 0, 0, 0, 0, 65}),
            Buffer.buffer(new byte[] {(byte) 255, 9, 0, 0}));
    for (Buffer message : hostile) {
      assertThatThrownBy(() -> new ClientMessageScanner().feed(message, found -> {}))
          .isInstanceOf(RfbException.class);
    }
  }
}
