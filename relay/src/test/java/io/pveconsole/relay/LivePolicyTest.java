// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.rfb.Messages;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each field of the policy changes on the open socket within a second, without a new connection.
 */
class LivePolicyTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Buffer MARK = Messages.request(true, 1, 2, 3, 4);

  @TempDir Path directory;

  private static void upstreamIs(OpenConsole console, Buffer sent, Buffer passed) throws Exception {
    console.browser.send(sent.copy().appendBuffer(MARK).getBytes());
    Buffer expected = passed.copy().appendBuffer(MARK);
    assertThat(Buffer.buffer(console.guest.read(expected.length()))).isEqualTo(expected);
  }

  @Test
  void viewOnlyOfAScreen() throws Exception {
    Buffer input =
        Buffer.buffer()
            .appendBuffer(Messages.key(true, 0x61))
            .appendBuffer(Messages.key(false, 0x61))
            .appendBuffer(Messages.pointer(0, 5, 6))
            .appendBuffer(Messages.qemuKey(true, 0x62, 48))
            .appendBuffer(Messages.qemuKey(false, 0x62, 48));
    Buffer nothing = Buffer.buffer();
    try (OpenConsole console = OpenConsole.vnc(directory, grant -> grant)) {
      upstreamIs(console, input, input);
      console.browser.send(Messages.key(true, 0xffe3).getBytes());
      console.guest.read(8);

      assertThat(console.patch(grant -> Grants.viewOnly(grant, true))).isLessThan(SECOND);
      assertThat(console.told().getBoolean("viewOnly")).isTrue();
      upstreamIs(console, input, Messages.key(false, 0xffe3));
      upstreamIs(console, Messages.desktopSize(1).appendBuffer(Messages.cutText("x")), nothing);

      assertThat(console.patch(grant -> Grants.viewOnly(grant, false))).isLessThan(SECOND);
      upstreamIs(console, input, input);
    }
  }

  @Test
  void viewOnlyOfATerminal() throws Exception {
    try (OpenConsole console =
        OpenConsole.terminal(directory, ConsoleTimes.standard(), grant -> grant)) {
      assertThat(console.patch(grant -> Grants.viewOnly(grant, true))).isLessThan(SECOND);
      console.browser.send(new byte[] {'x'});
      console.browser.control("{\"t\":\"resize\",\"cols\":90,\"rows\":20}");
      assertThat(console.guest.read(8)).asString().isEqualTo("1:90:20:");

      assertThat(console.patch(grant -> Grants.viewOnly(grant, false))).isLessThan(SECOND);
      console.browser.send(new byte[] {'y'});
      assertThat(console.guest.read(5)).asString().isEqualTo("0:1:y");
    }
  }

  @ParameterizedTest
  @EnumSource(ClipboardPolicy.class)
  void clipboard(ClipboardPolicy policy) throws Exception {
    boolean toGuest = policy == ClipboardPolicy.Both || policy == ClipboardPolicy.ToGuest;
    boolean fromGuest = policy == ClipboardPolicy.Both || policy == ClipboardPolicy.FromGuest;
    Buffer in =
        Messages.cutText("plain")
            .appendBuffer(Messages.extendedCutText(Messages.NOTIFY | Messages.TEXT, 0))
            .appendBuffer(Messages.providedText("한글"));
    Buffer out = Messages.extendedCutText(Messages.REQUEST | Messages.TEXT, 0);
    Buffer caps =
        Messages.extendedCutText(
            Messages.CAPS | Messages.REQUEST | Messages.NOTIFY | Messages.PROVIDE | 1, 4);
    Buffer all = in.copy().appendBuffer(out).appendBuffer(caps);
    Buffer allowed = Buffer.buffer();
    allowed.appendBuffer(toGuest ? in : Buffer.buffer());
    allowed.appendBuffer(fromGuest ? out : Buffer.buffer()).appendBuffer(caps);
    ClipboardPolicy before =
        policy == ClipboardPolicy.Both ? ClipboardPolicy.FromGuest : ClipboardPolicy.Both;

    try (OpenConsole console =
        OpenConsole.vnc(directory, grant -> Grants.clipboard(grant, before))) {
      Buffer encodings = Messages.encodings(7, Messages.EXTENDED_CLIPBOARD);
      upstreamIs(console, encodings, encodings);

      assertThat(console.patch(grant -> Grants.clipboard(grant, policy))).isLessThan(SECOND);

      assertThat(console.told().getString("clipboard")).isEqualTo(policy.name());
      upstreamIs(console, all, allowed);
    }
  }

  @Test
  void aShorterAndALongerLife() throws Exception {
    try (OpenConsole console = OpenConsole.vnc(directory, grant -> grant)) {
      Instant early = Instant.now().plusSeconds(2);
      assertThat(console.patch(grant -> Grants.expiring(grant, early))).isLessThan(SECOND);
      assertThat(console.told().getInteger("expiresInSeconds")).isLessThanOrEqualTo(2);

      Instant later = Instant.now().plusSeconds(4);
      assertThat(console.patch(grant -> Grants.expiring(grant, later))).isLessThan(SECOND);

      assertThat(console.browser.closeCode()).isEqualTo(4002);
      assertThat(Instant.now()).isBetween(later, later.plus(SECOND));
    }
  }

  private void idleTimeIsChanged(UnaryOperator<Grant> kind) throws Exception {
    try (OpenConsole console =
        kind == null
            ? OpenConsole.vnc(directory, grant -> grant)
            : OpenConsole.terminal(directory, ConsoleTimes.standard(), kind)) {
      assertThat(console.patch(grant -> Grants.idleAfter(grant, 8))).isLessThan(SECOND);
      assertThat(console.told().getInteger("idleTimeoutSeconds")).isEqualTo(8);
      console.browser.controlOf("idle");

      assertThat(console.patch(grant -> Grants.idleAfter(grant, 900))).isLessThan(SECOND);
      console.browser.controlOf("active");

      assertThat(console.patch(grant -> Grants.idleAfter(grant, 1))).isLessThan(SECOND);
      assertThat(console.browser.closeCode()).isEqualTo(4003);
    }
  }

  @Test
  void theIdleTimeOfAScreen() throws Exception {
    idleTimeIsChanged(null);
  }

  @Test
  void theIdleTimeOfATerminal() throws Exception {
    idleTimeIsChanged(grant -> grant);
  }
}
