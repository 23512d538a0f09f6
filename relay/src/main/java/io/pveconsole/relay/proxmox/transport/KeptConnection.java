// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;

/**
 * Keeps a connection that Proxmox keeps. What its daemon answered carries the daemon's own {@code
 * Connection: close}, and after it {@code Keep-Alive} where pveproxy reads on; where it does not,
 * {@code close} stands alone (pve-http-server, AnyEvent.pm: proxy_request, response,
 * finish_response). Vert.x goes by the first. Belongs to the channel's event loop.
 */
public final class KeptConnection extends ChannelInboundHandlerAdapter {

  private KeptConnection() {}

  /** Makes a connection of {@code HttpClientAgent.connect} one that is kept; before its use. */
  public static void of(HttpClientConnection connection) {
    ChannelHandlerContext reader =
        ((UnpooledHttpClientConnection) connection).unwrap().channelHandlerContext();
    reader.pipeline().addBefore(reader.name(), "kept", new KeptConnection());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      if (response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
        context.pipeline().remove(this);
      } else {
        keep(response.headers());
      }
    }
    context.fireChannelRead(message);
  }

  private static void keep(HttpHeaders headers) {
    if (headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }
}
