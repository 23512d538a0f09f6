// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.api;

import io.pveconsole.relay.Futures;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network that can lose packets: connections stay open and bring nothing any more. */
public final class TcpProxy {

  private final NetClient client;
  private final int target;
  private final NetServer server;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile boolean swallowing;

  private static final class Pair {
    private volatile boolean swallowing;
  }

  public TcpProxy(Vertx vertx, int target) {
    this.client = vertx.createNetClient();
    this.target = target;
    this.server =
        Futures.value(
            vertx.createNetServer().connectHandler(this::accepted).listen(0, "127.0.0.1"));
  }

  private void accepted(NetSocket near) {
    Pair pair = new Pair();
    pair.swallowing = swallowing;
    pairs.add(pair);
    near.pause();
    near.closeHandler(v -> pairs.remove(pair));
    client
        .connect(target, "127.0.0.1")
        .onSuccess(
            far -> {
              lead(pair, near, far);
              lead(pair, far, near);
              near.resume();
            })
        .onFailure(thrown -> near.close());
  }

  private static void lead(Pair pair, NetSocket from, NetSocket to) {
    from.handler(
        data -> {
          if (!pair.swallowing) {
            to.write(data);
          }
        });
    from.closeHandler(
        v -> {
          if (!pair.swallowing) {
            to.close();
          }
        });
  }

  public int port() {
    return server.actualPort();
  }

  /** Connections of now bring nothing any more, for ever; new ones do. */
  public void stallOpenConnections() {
    pairs.forEach(pair -> pair.swallowing = true);
  }

  /** Nothing comes through any more, on old and new connections. */
  public void swallow() {
    swallowing = true;
    stallOpenConnections();
  }

  /** New connections come through again; the old ones are dead. */
  public void heal() {
    swallowing = false;
  }
}
