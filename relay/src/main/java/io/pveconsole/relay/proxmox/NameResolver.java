// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Finds the addresses of a name. */
@FunctionalInterface
interface NameResolver {

  /** At least one address, or a failed future. */
  Future<List<InetAddress>> resolve(String host);

  /**
   * The system's own resolver, with its hosts file and search domains, on a worker thread: Vert.x's
   * public DNS client knows neither. An address is not asked for.
   */
  static NameResolver system(Vertx vertx) {
    return host ->
        literal(host)
            .map(address -> Future.succeededFuture(List.of(address)))
            .orElseGet(
                () -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false));
  }

  private static Optional<InetAddress> literal(String host) {
    byte[] bytes = host.indexOf('%') < 0 ? NetUtil.createByteArrayFromIpAddressString(host) : null;
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }
}
