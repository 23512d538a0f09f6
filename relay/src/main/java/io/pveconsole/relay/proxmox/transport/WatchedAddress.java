// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.vertx.core.net.impl.SocketAddressImpl;
import java.net.InetSocketAddress;

/**
 * An address whose caller wants to know when TCP stands: clients of Vert.x connect TCP and TLS in
 * one call and tell of both at once. Extends what Vert.x itself makes, since its transports take
 * nothing else.
 */
public final class WatchedAddress extends SocketAddressImpl {

  private final InetSocketAddress address;
  private final Runnable accepted;

  /**
   * For one connection.
   *
   * @param address resolved
   * @param accepted called once, on the connection's event loop, when the peer has accepted the
   *     connection; not at all where the transport is not a {@link WatchingTransport}
   */
  public WatchedAddress(InetSocketAddress address, Runnable accepted) {
    super(address);
    this.address = address;
    this.accepted = accepted;
  }

  InetSocketAddress address() {
    return address;
  }

  Runnable accepted() {
    return accepted;
  }
}
