// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import io.vertx.core.buffer.Buffer;

/** Which clipboard messages may pass. */
final class CutTexts {

  private static final int FORMATS = 0xffff;
  private static final int CAPS = 1 << 24;
  private static final int REQUEST = 1 << 25;
  private static final int PEEK = 1 << 26;
  private static final int NOTIFY = 1 << 27;
  private static final int PROVIDE = 1 << 28;
  private static final int ACTIONS = ~FORMATS;
  private static final int FLAGS_AT = 8;
  private static final int DATA_AT = FLAGS_AT + Integer.BYTES;

  private final ProvidedText provided;

  CutTexts(ProvidedText provided) {
    this.provided = provided;
  }

  /**
   * Judges a ClientCutText message. With the bit CAPS the other bits say what the client is able to
   * do; without it one action is wanted, several at once nobody sends.
   *
   * @param negotiated whether the extended clipboard was asked for upstream; QEMU before 2024
   *     crashes at an extended message without it (CVE-2023-6683), and at an empty plain one
   */
  boolean mayPass(Buffer message, ClientPolicy policy, boolean negotiated) {
    int length = message.getInt(4);
    boolean toGuest = policy.toGuest() && !policy.viewOnly();
    if (length >= 0) {
      return length > 0 && toGuest;
    }
    if (!negotiated || length > -Integer.BYTES) {
      return false;
    }
    int actions = message.getInt(FLAGS_AT) & ACTIONS;
    if ((actions & CAPS) != 0) {
      return true;
    }
    return switch (actions) {
      case REQUEST, PEEK -> policy.fromGuest();
      case NOTIFY -> toGuest;
      case PROVIDE -> toGuest && provided.fits(message, DATA_AT);
      default -> false;
    };
  }
}
