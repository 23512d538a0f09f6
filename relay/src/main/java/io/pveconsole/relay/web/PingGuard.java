// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers to pings from piling up for a browser that does not read: Vert.x answers each at
 * once, whatever is queued. While nothing can be sent only the latest ping is kept (RFC 6455 §5.5.3
 * allows that) and answered afterwards.
 */
final class PingGuard extends ChannelInboundHandlerAdapter {

  private @Nullable PingWebSocketFrame latest;

  /** Guards a new connection, also for the time after it has become a WebSocket. */
  static void guard(HttpConnection connection) {
    ChannelHandlerContext reader = ((ConnectionBase) connection).channelHandlerContext();
    reader.pipeline().addBefore(reader.name(), "pings", new PingGuard());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof PingWebSocketFrame ping && !context.channel().isWritable()) {
      forget();
      latest = ping;
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    PingWebSocketFrame held = latest;
    if (held != null && context.channel().isWritable()) {
      latest = null;
      context.fireChannelRead(held);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    forget();
  }

  private void forget() {
    PingWebSocketFrame held = latest;
    latest = null;
    if (held != null) {
      held.release();
    }
  }
}
