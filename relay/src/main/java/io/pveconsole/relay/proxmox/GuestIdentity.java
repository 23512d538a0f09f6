// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * What tells a guest from a later one that got the same VMID. Compare as a whole; the text may be
 * stored, is not secret, and is at most 255 characters long.
 */
public record GuestIdentity(String text) {

  private static final int MAX_LENGTH = 255;

  public GuestIdentity {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a guest identity has 1 to 255 characters");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
