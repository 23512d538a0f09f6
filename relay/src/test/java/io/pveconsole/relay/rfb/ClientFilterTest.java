// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of the browser's messages reaches the guest. */
class ClientFilterTest {

  private static final ClientPolicy OPEN = new ClientPolicy(false, true, true);
  private static final ClientPolicy VIEW_ONLY = new ClientPolicy(true, true, true);
  private static final int EXTENDED = Encodings.EXTENDED_CLIPBOARD;

  private final AtomicBoolean behind = new AtomicBoolean();
  private final AtomicInteger inputs = new AtomicInteger();

  private ClientFilter filter(ClientPolicy policy) {
    return new ClientFilter(policy, behind::get, inputs::incrementAndGet);
  }

  @Test
  void passesInputThrough() {
    Buffer all =
        Buffer.buffer()
            .appendBuffer(Messages.key(true, 0x61))
            .appendBuffer(Messages.pointer(1, 3, 4))
            .appendBuffer(Messages.qemuKey(true, 0x62, 48));

    assertThat(filter(OPEN).feed(all)).isEqualTo(all);
    assertThat(inputs).hasValue(3);
  }

  @Test
  void dropsInputOfAViewerButCountsItAsPresence() {
    ClientFilter filter = filter(VIEW_ONLY);
    Buffer all =
        Buffer.buffer()
            .appendBuffer(Messages.key(true, 0x61))
            .appendBuffer(Messages.pointer(1, 3, 4))
            .appendBuffer(Messages.qemuKey(true, 0x62, 48))
            .appendBuffer(Messages.desktopSize(1))
            .appendBuffer(Messages.cutText("x"));

    assertThat(filter.feed(all).length()).isZero();
    assertThat(filter.dropped()).isEqualTo(5);
    assertThat(inputs).hasValue(3);
  }

  @Test
  void letsGoOfKeysAndButtonsWhenInputIsForbidden() {
    ClientFilter filter = filter(OPEN);
    filter.feed(Messages.key(true, 0xffe3));
    filter.feed(Messages.key(true, 0x61));
    filter.feed(Messages.key(false, 0x61));
    filter.feed(Messages.qemuKey(true, 0xffe9, 56));
    filter.feed(Messages.pointer(1, 30, 40));

    Buffer expected =
        Buffer.buffer()
            .appendBuffer(Messages.key(false, 0xffe3))
            .appendBuffer(Messages.qemuKey(false, 0xffe9, 56))
            .appendBuffer(Messages.pointer(0, 30, 40));
    assertThat(filter.policy(VIEW_ONLY)).isEqualTo(expected);
    assertThat(filter.releaseInput().length()).isZero();
  }

  @Test
  void stripsEncodingsThatOpenOtherWays() {
    Buffer sent = filter(OPEN).feed(Messages.encodings(7, -259, -312, -313, -316, -309, EXTENDED));

    assertThat(sent).isEqualTo(Messages.encodings(7, EXTENDED));
  }

  @Test
  void neverAsksForTheGuestsClipboardWhereItMayNot() {
    ClientFilter filter = filter(new ClientPolicy(false, true, false));

    assertThat(filter.feed(Messages.encodings(7, EXTENDED))).isEqualTo(Messages.encodings(7));
    assertThat(filter.feed(Messages.extendedCutText(1 << 25, 0)).length()).isZero();
    assertThat(filter.feed(Messages.cutText("in"))).isEqualTo(Messages.cutText("in"));
  }

  @Test
  void sendsNoTextWhereItMayNotButLetsItCome() {
    ClientFilter filter = filter(new ClientPolicy(false, false, true));
    filter.feed(Messages.encodings(EXTENDED));

    assertThat(filter.feed(Messages.cutText("in")).length()).isZero();
    assertThat(filter.feed(Messages.extendedCutText(1 << 28, 8)).length()).isZero();
    assertThat(filter.feed(Messages.extendedCutText(1 << 27, 0)).length()).isZero();
    Buffer request = Messages.extendedCutText(1 << 25 | 1, 0);
    assertThat(filter.feed(request)).isEqualTo(request);
  }

  @Test
  void sparesOldServersTextThatWouldCrashThem() {
    ClientFilter filter = filter(OPEN);

    assertThat(filter.feed(Messages.extendedCutText(1 << 28, 8)).length()).isZero();
    assertThat(filter.feed(Messages.cutText("")).length()).isZero();
    filter.feed(Messages.encodings(EXTENDED));
    assertThat(filter.feed(Messages.providedText("x"))).isEqualTo(Messages.providedText("x"));
    assertThat(filter.feed(Messages.extendedCutText(1 << 28 | 1 << 27, 8)).length()).isZero();
  }

  @Test
  void dropsWhatIsKnownButNotForConsoles() {
    ClientFilter filter = filter(OPEN);
    Buffer all =
        Buffer.buffer()
            .appendBuffer(Messages.xvp())
            .appendBuffer(Messages.fence(3))
            .appendBuffer(Messages.continuousUpdates())
            .appendBuffer(Messages.qemuAudio(2));

    assertThat(filter.feed(all).length()).isZero();
    assertThat(filter.dropped()).isEqualTo(4);
  }

  @Test
  void holdsRequestsWhileTheBrowserIsBehindAndLetsInputOvertake() {
    ClientFilter filter = filter(OPEN);
    behind.set(true);

    Buffer sent =
        filter.feed(
            Buffer.buffer()
                .appendBuffer(Messages.request(true, 10, 10, 20, 20))
                .appendBuffer(Messages.key(true, 0x61))
                .appendBuffer(Messages.request(false, 0, 0, 640, 480))
                .appendBuffer(Messages.request(true, 0, 5, 5, 100)));

    assertThat(sent).isEqualTo(Messages.key(true, 0x61));
    assertThat(filter.isHolding()).isTrue();
    behind.set(false);
    assertThat(filter.releaseRequests())
        .isEqualTo(
            Buffer.buffer()
                .appendBuffer(Messages.request(false, 0, 0, 640, 480))
                .appendBuffer(Messages.request(true, 0, 5, 30, 100)));
    assertThat(filter.isHolding()).isFalse();
    assertThat(filter.feed(Messages.request(true, 0, 0, 1, 1)).length()).isEqualTo(10);
  }
}
