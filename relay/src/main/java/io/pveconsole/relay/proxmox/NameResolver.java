// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a name. */
@FunctionalInterface
interface NameResolver {

  /** At least one address, or a failed future. */
  Future<List<InetAddress>> resolve(String host);

  /**
   * The system's own resolver, with its hosts file and search domains, on a worker thread: Vert.x's
   * public DNS client knows neither.
   */
  static NameResolver system(Vertx vertx) {
    return host -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false);
  }
}
