// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** What of a guest is shown. */
public enum ConsoleKind {
  /** A serial console or a container, through termproxy. */
  Terminal,

  /** The graphical screen, as RFB. */
  VNC
}
