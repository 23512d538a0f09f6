// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import java.net.InetSocketAddress;

/** A {@link WatchedAddress} on its way through Netty. */
final class WatchedSocketAddress extends InetSocketAddress {

  private static final long serialVersionUID = 1;

  private final transient Runnable accepted;

  WatchedSocketAddress(WatchedAddress watched) {
    super(watched.address().getAddress(), watched.address().getPort());
    this.accepted = watched.accepted();
  }

  Runnable accepted() {
    return accepted;
  }
}
