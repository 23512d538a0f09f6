// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.pveconsole.relay.proxmox.transport.HeldReads;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;

/**
 * A browser's WebSocket past the queues of Vert.x: whole binary messages on their way in, frames on
 * their way out, which are sent when the sender says so. Belongs to the channel's event loop.
 */
final class BrowserChannel extends HeldReads {

  /** Who hears of it. */
  interface Listener {

    /** A binary message that came in one frame; others go by way of Vert.x. */
    void message(Buffer data);
  }

  private final Listener listener;

  private BrowserChannel(ChannelHandlerContext reader, Listener listener) {
    super(reader);
    this.listener = listener;
  }

  /** Takes over what a connection brings that has just become a WebSocket. */
  static BrowserChannel of(HttpConnection connection, Listener listener) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
    BrowserChannel channel = new BrowserChannel(pipeline.context(VertxHandler.class), listener);
    channel.stand("browser");
    return channel;
  }

  @Override
  protected void take(Object message) {
    if (message instanceof BinaryWebSocketFrame frame && frame.isFinalFragment()) {
      listener.message(BufferInternal.safeBuffer(frame.content()));
    } else {
      pass(message);
    }
  }

  /**
   * Adds a frame to what {@link #flush()} sends.
   *
   * @param written called on the event loop when the network has taken it, or never will
   */
  void add(WebSocketFrame frame, ChannelFutureListener written) {
    reader().write(frame).addListener(written);
  }

  /** Sends what was added. */
  void flush() {
    reader().flush();
  }

  /** Whether so much waits to be sent that no more should be. */
  boolean isFull() {
    return !reader().channel().isWritable();
  }
}
