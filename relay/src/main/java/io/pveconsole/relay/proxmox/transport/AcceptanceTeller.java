// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;

/** Tells when one connection is accepted; no message passes it after that. */
final class AcceptanceTeller extends ChannelOutboundHandlerAdapter {

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise)
      throws Exception {
    context.pipeline().remove(this);
    if (remote instanceof WatchedSocketAddress watched) {
      promise.addListener(
          connected -> {
            if (connected.isSuccess()) {
              watched.accepted().run();
            }
          });
    }
    super.connect(context, remote, local, promise);
  }
}
