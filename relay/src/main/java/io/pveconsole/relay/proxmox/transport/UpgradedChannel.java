// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * The bytes of a connection after its upgrade, past the HTTP client that made it: that one copies
 * each read, and sends each write by way of its queues. Belongs to the connection's event loop.
 */
public final class UpgradedChannel extends HeldReads {

  /** Who hears of it. */
  public interface Listener {

    /** Bytes, valid until this returns. */
    void bytes(Buffer part);

    /** All that was read in a row was told. */
    void batchEnded();

    /** It can be written to again after {@link #isFull()} was true. */
    void writable();
  }

  private final Listener listener;

  private UpgradedChannel(ChannelHandlerContext reader, Listener listener) {
    super(reader);
    this.listener = listener;
  }

  /**
   * Takes over what a connection that {@code HttpClientAgent.connect} made will bring, held; must
   * be called in the turn of the event loop in which the upgrade was answered, or bytes are lost.
   */
  public static UpgradedChannel of(HttpClientConnection connection, Listener listener) {
    UnpooledHttpClientConnection made = (UnpooledHttpClientConnection) connection;
    UpgradedChannel channel = new UpgradedChannel(made.unwrap().channelHandlerContext(), listener);
    channel.stand("upgraded");
    channel.hold();
    return channel;
  }

  @Override
  protected void take(Object message) {
    if (!(message instanceof ByteBuf part)) {
      pass(message);
      return;
    }
    try {
      listener.bytes(BufferInternal.buffer(part.slice()));
    } finally {
      part.release();
    }
  }

  @Override
  protected void taken() {
    caller().dispatch(listener::batchEnded);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      caller().dispatch(listener::writable);
    }
    context.fireChannelWritabilityChanged();
  }

  /** Sends bytes; fails when the connection is gone. */
  public Future<Void> write(Buffer data) {
    PromiseInternal<Void> written = caller().promise();
    reader().writeAndFlush(((BufferInternal) data).getByteBuf()).addListener(written);
    return written.future();
  }

  /** Whether so much waits to be sent that no more should be. */
  public boolean isFull() {
    return !reader().channel().isWritable();
  }
}
