// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One address of an endpoint. All requests of one open go there, since a console's port exists only
 * on the host that opened it.
 */
record Peer(ProxmoxEndpoint endpoint, InetAddress address, String tlsName, ClientSSLOptions tls) {

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, endpoint.port());
  }

  /** Value of the Host header: the URL's, whatever address is dialled. */
  String authority() {
    return endpoint.url().getHost()
        + (endpoint.url().getPort() < 0 ? "" : ":" + endpoint.url().getPort());
  }

  @Override
  public String toString() {
    return authority() + " (" + address.getHostAddress() + ")";
  }
}
