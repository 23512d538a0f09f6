// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;

/**
 * Tells when TCP alone is up. An HTTP client of Vert.x connects TCP and TLS in one call and tells
 * of both at once, so another connection is made beside the real one, and closed at once.
 */
final class TcpProbe {

  private final NetClient client;

  TcpProbe(Vertx vertx) {
    this.client = vertx.createNetClient(new NetClientOptions());
  }

  /** Completes on the caller's event loop when the address has accepted a connection. */
  Future<Void> accepted(SocketAddress address, Duration limit) {
    return client
        .connect(
            new ConnectOptions()
                .setRemoteAddress(address)
                .setTimeout(Math.toIntExact(limit.toMillis())))
        .onSuccess(socket -> socket.close())
        .mapEmpty();
  }

  Future<Void> close() {
    return client.close();
  }
}
