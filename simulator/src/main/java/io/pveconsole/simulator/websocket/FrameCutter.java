// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.websocket;

import java.util.Random;

/**
 * Chooses where the stream to the client is cut into frames: anywhere, up to 128 KiB, repeatable by
 * seed.
 */
final class FrameCutter {
  static final int MAX_PAYLOAD = 131072;

  private final Random random;

  FrameCutter(long seed) {
    random = new Random(seed);
  }

  /** How many bytes the next frame may hold. */
  int next() {
    return switch (random.nextInt(8)) {
      case 0 -> 1 + random.nextInt(7);
      case 1 -> 1 + random.nextInt(61);
      case 2, 3 -> 1 + random.nextInt(4099);
      default -> MAX_PAYLOAD - random.nextInt(4096);
    };
  }
}
