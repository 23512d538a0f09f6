// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;
import java.util.function.BooleanSupplier;

/**
 * The browser's way to the guest: parses what it sends, drops what it may not do, holds requests
 * for updates while the browser is behind. Belongs to one event loop.
 */
public final class ClientFilter {

  private final ClientMessageScanner scanner = new ClientMessageScanner();
  private final UpdateRequests requests = new UpdateRequests();
  private final HeldInput held = new HeldInput();
  private final CutTexts cutTexts = new CutTexts(new ProvidedText(System::nanoTime));
  private final BooleanSupplier browserBehind;
  private final Runnable onInput;
  private ClientPolicy policy;
  private boolean extendedClipboard;
  private long dropped;

  /**
   * A filter with a policy to begin with.
   *
   * @param browserBehind whether requests are to be held
   * @param onInput called for each key or pointer message, dropped or not
   */
  public ClientFilter(ClientPolicy policy, BooleanSupplier browserBehind, Runnable onInput) {
    this.policy = policy;
    this.browserBehind = browserBehind;
    this.onInput = onInput;
  }

  /**
   * What of the browser's bytes goes on to the guest, in whole messages.
   *
   * @throws RfbException at a message that is not allowed at all
   */
  public Buffer feed(Buffer data) {
    Buffer out = Buffer.buffer();
    scanner.feed(data, message -> judge(message, out));
    return out;
  }

  /** Takes a new policy; returns what is to be sent at once, often nothing. */
  public Buffer policy(ClientPolicy changed) {
    policy = changed;
    return changed.viewOnly() ? held.release() : Buffer.buffer();
  }

  /** Requests that were held, when the browser has caught up. */
  public Buffer releaseRequests() {
    return requests.release();
  }

  /** Whether requests are held. */
  public boolean isHolding() {
    return requests.isHolding();
  }

  /** Lets go of all keys and buttons. */
  public Buffer releaseInput() {
    return held.release();
  }

  /** How many messages were dropped. */
  public long dropped() {
    return dropped;
  }

  private void judge(Buffer message, Buffer out) {
    switch (message.getUnsignedByte(0)) {
      case ClientMessage.SET_PIXEL_FORMAT -> out.appendBuffer(message);
      case ClientMessage.SET_ENCODINGS -> encodings(message, out);
      case ClientMessage.UPDATE_REQUEST -> request(message, out);
      case ClientMessage.KEY, ClientMessage.POINTER -> input(message, out);
      case ClientMessage.QEMU -> qemu(message, out);
      case ClientMessage.CUT_TEXT ->
          pass(message, out, cutTexts.mayPass(message, policy, extendedClipboard));
      case ClientMessage.SET_DESKTOP_SIZE -> pass(message, out, !policy.viewOnly());
      default -> dropped++;
    }
  }

  private void encodings(Buffer message, Buffer out) {
    Buffer kept = Encodings.filter(message, policy.fromGuest());
    extendedClipboard |= Encodings.contains(kept, Encodings.EXTENDED_CLIPBOARD);
    out.appendBuffer(kept);
  }

  private void request(Buffer message, Buffer out) {
    if (requests.isHolding() || browserBehind.getAsBoolean()) {
      requests.hold(message);
    } else {
      out.appendBuffer(message);
    }
  }

  private void qemu(Buffer message, Buffer out) {
    if (message.getUnsignedByte(1) == ClientMessage.QEMU_KEY) {
      input(message, out);
    } else {
      dropped++;
    }
  }

  private void input(Buffer message, Buffer out) {
    onInput.run();
    if (!policy.viewOnly()) {
      held.note(message);
    }
    pass(message, out, !policy.viewOnly());
  }

  private void pass(Buffer message, Buffer out, boolean allowed) {
    if (allowed) {
      out.appendBuffer(message);
    } else {
      dropped++;
    }
  }

  /** A request for one pixel, which keeps Proxmox from ending a silent console after 15 minutes. */
  public static Buffer keepAlive() {
    return Buffer.buffer()
        .appendByte((byte) ClientMessage.UPDATE_REQUEST)
        .appendByte((byte) 1)
        .appendInt(0)
        .appendUnsignedShort(1)
        .appendUnsignedShort(1);
  }
}
