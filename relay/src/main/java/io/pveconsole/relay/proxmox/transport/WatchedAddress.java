// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address whose caller wants to know when TCP stands: clients of Vert.x connect TCP and TLS in
 * one call and tell of both at once.
 *
 * @param accepted called once, on the connection's event loop, when the peer has accepted the
 *     connection; not at all where the transport is not a {@link WatchingTransport}
 */
public record WatchedAddress(InetSocketAddress address, Runnable accepted)
    implements SocketAddress {

  @Override
  public String host() {
    return address.getHostString();
  }

  @Override
  public String hostName() {
    return address.getHostString();
  }

  @Override
  public @Nullable String hostAddress() {
    return address.isUnresolved() ? null : address.getAddress().getHostAddress();
  }

  @Override
  public int port() {
    return address.getPort();
  }

  @Override
  public @Nullable String path() {
    return null;
  }

  @Override
  public boolean isInetSocket() {
    return true;
  }

  @Override
  public boolean isDomainSocket() {
    return false;
  }

  @Override
  public String toString() {
    return host() + ":" + port();
  }
}
