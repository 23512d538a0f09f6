// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.channel.ChannelConfig;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;

/**
 * What comes in over one connection, to be held where it comes from. A stream of Vert.x that is
 * paused reads on until 16 messages wait, and each is a whole TLS record of up to 16 KiB. Belongs
 * to the connection's event loop.
 */
public final class Intake {

  private final ChannelConfig channel;

  private Intake(ChannelConfig channel) {
    this.channel = channel;
  }

  /** Of a connection that {@code HttpClientAgent.connect} made. */
  public static Intake of(HttpClientConnection connection) {
    UnpooledHttpClientConnection made = (UnpooledHttpClientConnection) connection;
    return new Intake(made.unwrap().channelHandlerContext().channel().config());
  }

  /**
   * Nothing more is read; what was read already, 64 KiB at most, is still handed over. To be said
   * again when more comes all the same: Vert.x may have switched it on.
   */
  public void hold() {
    channel.setAutoRead(false);
  }

  /** Reading goes on. */
  public void release() {
    channel.setAutoRead(true);
  }
}
