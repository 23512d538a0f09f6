// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import io.pveconsole.simulator.screen.Framebuffer;

/**
 * What an RFB server shows, and where input goes. Input methods are called by connection threads
 * and may not block.
 */
public interface Desktop {
  /** The name in ServerInit. */
  String name();

  /** The picture. */
  Framebuffer frame();

  /** A key went down or up, as an X11 keysym. */
  void key(int keysym, boolean down);

  /** The mouse moved or a button changed. */
  void pointer(int x, int y, int buttons);

  /** Text arrived on the clipboard. */
  void clipboard(String text);
}
