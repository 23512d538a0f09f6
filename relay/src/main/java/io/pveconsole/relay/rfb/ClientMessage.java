// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

/** The types of messages from client to server that are let through, or known and dropped. */
final class ClientMessage {

  static final int SET_PIXEL_FORMAT = 0;
  static final int SET_ENCODINGS = 2;
  static final int UPDATE_REQUEST = 3;
  static final int KEY = 4;
  static final int POINTER = 5;
  static final int CUT_TEXT = 6;
  static final int CONTINUOUS_UPDATES = 150;
  static final int FENCE = 248;
  static final int XVP = 250;
  static final int SET_DESKTOP_SIZE = 251;
  static final int QEMU = 255;
  static final int QEMU_KEY = 0;
  static final int QEMU_AUDIO = 1;

  private ClientMessage() {}
}
