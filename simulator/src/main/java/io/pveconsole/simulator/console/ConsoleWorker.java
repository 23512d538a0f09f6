// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.console;

import java.util.function.Consumer;

/**
 * The forked worker of one vncproxy or termproxy call: waits for one connection, then lets the
 * guest serve it.
 */
public final class ConsoleWorker {
  private final String node;
  private final int vmid;
  private final String kind;
  private final String authId;
  private final String upid;
  private final Consumer<ConsoleChannel> serve;

  /**
   * A worker; {@code serve} is called once with the channel and must not block.
   *
   * @param kind {@code vncproxy} or {@code vncterm}
   */
  ConsoleWorker(
      String node,
      int vmid,
      String kind,
      String authId,
      String upid,
      Consumer<ConsoleChannel> serve) {
    this.node = node;
    this.vmid = vmid;
    this.kind = kind;
    this.authId = authId;
    this.upid = upid;
    this.serve = serve;
  }

  String node() {
    return node;
  }

  int vmid() {
    return vmid;
  }

  String kind() {
    return kind;
  }

  String authId() {
    return authId;
  }

  String upid() {
    return upid;
  }

  void serve(ConsoleChannel channel) {
    serve.accept(channel);
  }
}
