// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the sides say and however it is cut: no hang, no growth, nothing illegal upstream. */
class StreamFuzzTest {

  private static final Set<Integer> LEGAL = Set.of(0, 2, 3, 4, 5, 6, 251, 255);
  private static final Duration HANG = Duration.ofSeconds(20);
  private static final ClientPolicy OPEN = new ClientPolicy(false, true, true);

  @Provide
  Arbitrary<Buffer> messages() {
    return Arbitraries.of(
        Messages.pixelFormat(),
        Messages.encodings(7, 16, -259, Messages.EXTENDED_CLIPBOARD),
        Messages.encodings(),
        Messages.request(true, 1, 2, 3, 4),
        Messages.key(true, 0x61),
        Messages.key(false, 0x61),
        Messages.pointer(1, 2, 3),
        Messages.qemuKey(true, 0x61, 30),
        Messages.qemuAudio(2),
        Messages.qemuAudio(0),
        Messages.cutText(""),
        Messages.cutText("text"),
        Messages.providedText("한글"),
        Messages.extendedCutText(Messages.NOTIFY | 1, 0),
        Messages.extendedCutText(Messages.REQUEST | 1, 0),
        Messages.desktopSize(2),
        Messages.fence(5),
        Messages.xvp(),
        Messages.continuousUpdates());
  }

  private static ClientFilter filter(ClientPolicy policy) {
    return new ClientFilter(policy, () -> false, () -> {});
  }

  private static Buffer inPieces(Buffer all, List<Integer> sizes, Function<Buffer, Buffer> feed) {
    return assertTimeoutPreemptively(
        HANG,
        () -> {
          Buffer out = Buffer.buffer();
          int at = 0;
          for (int i = 0; at < all.length(); i++) {
            int end = Math.min(all.length(), at + sizes.get(i % sizes.size()));
            out.appendBuffer(feed.apply(all.getBuffer(at, end)));
            at = end;
          }
          return out;
        });
  }

  @Property(tries = 500)
  void anySplittingGivesTheSame(
      @ForAll @Size(max = 30) List<@net.jqwik.api.From("messages") Buffer> messages,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 40) Integer> sizes,
      @ForAll boolean viewOnly,
      @ForAll boolean toGuest,
      @ForAll boolean fromGuest) {
    Buffer all = Buffer.buffer();
    messages.forEach(all::appendBuffer);
    ClientPolicy policy = new ClientPolicy(viewOnly, toGuest, fromGuest);

    Buffer whole = filter(policy).feed(all);

    assertThat(inPieces(all, sizes, filter(policy)::feed)).isEqualTo(whole);
    assertLegal(whole);
  }

  private static void assertLegal(Buffer upstream) {
    ClientMessageScanner scanner = new ClientMessageScanner();
    scanner.feed(upstream, message -> assertThat(LEGAL).contains((int) message.getUnsignedByte(0)));
    assertThat(scanner.pendingBytes()).as("whole messages").isZero();
  }

  @Property(tries = 2000)
  void noBytesOfABrowserDoHarm(
      @ForAll @Size(max = 400) byte[] bytes,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 100) Integer> sizes) {
    ClientMessageScanner scanner = new ClientMessageScanner();
    ClientFilter filter = filter(OPEN);
    Buffer passed = Buffer.buffer();
    try {
      inPieces(
          Buffer.buffer(bytes),
          sizes,
          piece -> {
            passed.appendBuffer(filter.feed(piece));
            scanner.feed(piece, message -> {});
            assertThat(scanner.pendingBytes())
                .isLessThanOrEqualTo(ClientMessageScanner.MAX_CUT_TEXT + 8);
            return Buffer.buffer();
          });
    } catch (RfbException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    assertLegal(passed);
  }

  @Property(tries = 1000)
  void noBytesOfADisplayDoHarm(
      @ForAll boolean guessing,
      @ForAll @Size(max = 400) byte[] bytes,
      @ForAll @IntRange(max = 4) int prefix,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 50) Integer> sizes) {
    Buffer all =
        Buffer.buffer(
                List.of("", "RFB 003.008\n", "RFB 003.007\n", "RFB 003.003\n", "RFB ").get(prefix))
            .appendBytes(bytes);
    UpstreamHandshake handshake =
        guessing ? UpstreamHandshake.guessing("secret12") : UpstreamHandshake.asking("secret12");
    try {
      Buffer sent =
          inPieces(
              all,
              sizes,
              piece -> {
                Progress progress = handshake.feed(piece);
                if (progress.rest() != null) {
                  throw new RfbException("done");
                }
                return progress.send();
              });
      assertThat(sent.length()).isLessThanOrEqualTo(12 + 1 + 16 + 1);
    } catch (RfbException | AuthenticationException | OtherAuthenticationException e) {
      assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("secret12");
    }
  }

  @Property(tries = 1000)
  void noGreetingOfABrowserDoesHarm(
      @ForAll @Size(max = 60) byte[] bytes,
      @ForAll boolean banner,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 20) Integer> sizes) {
    BrowserHandshake handshake = new BrowserHandshake();
    Buffer all = Buffer.buffer(banner ? "RFB 003.008\n" : "").appendBytes(bytes);
    try {
      inPieces(
          all,
          sizes,
          piece -> {
            Progress progress = handshake.feed(piece);
            if (progress.rest() != null) {
              throw new RfbException("done");
            }
            assertThat(progress.send().length()).isLessThanOrEqualTo(6);
            return Buffer.buffer();
          });
    } catch (RfbException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
