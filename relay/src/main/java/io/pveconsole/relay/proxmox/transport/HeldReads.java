// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What comes in over one channel, to be held where it comes from: then what one more read brings,
 * 64 KiB at most, waits in its order, and nothing is read after it. Only where the other side ends
 * the connection does Netty read on to its end: then {@value #MAX_WAITING} bytes and one read more
 * wait at most, are handed over as the channel ends, and what is beyond is lost. Stands before the
 * handler of Vert.x, which would read on until much waits. Belongs to the channel's event loop.
 */
public abstract class HeldReads extends ChannelInboundHandlerAdapter {

  /** So much waits at most before the channel is closed. */
  static final int MAX_WAITING = 128 * 1024;

  private final ChannelHandlerContext reader;
  private final ContextInternal caller;
  private final Handler<Object> taking = this::take;
  private final Deque<Object> waiting = new ArrayDeque<>(1);
  private int waitingBytes;
  private boolean held;
  private boolean stopped;
  private boolean handing;
  private boolean handed;
  private boolean cut;

  /**
   * Not in place yet; messages are told in the context of the caller.
   *
   * @param reader where the handler of Vert.x is, before which this one is to stand
   */
  protected HeldReads(ChannelHandlerContext reader) {
    this.reader = reader;
    this.caller = ContextInternal.current();
  }

  /** Takes its place in the channel. */
  protected final void stand(String name) {
    reader.pipeline().addBefore(reader.name(), name, this);
  }

  /** Where the handler of Vert.x is; writing from here passes by it. */
  protected final ChannelHandlerContext reader() {
    return reader;
  }

  /** The context in which messages are told. */
  protected final ContextInternal caller() {
    return caller;
  }

  /** Lets Vert.x have a message. */
  protected final void pass(Object message) {
    reader.pipeline().context(this).fireChannelRead(message);
  }

  /** One message, which belongs to the callee from now on. */
  protected abstract void take(Object message);

  /** All that was read in a row was handed over; in no context. */
  protected void taken() {}

  /** Nothing more is handed over; reading ends with what comes next, if anything does. */
  public final void hold() {
    held = true;
  }

  /** What waits is handed over, then reading goes on. */
  public final void release() {
    if (!held) {
      return;
    }
    held = false;
    if (!handing) {
      handWaiting();
    }
  }

  private void handWaiting() {
    handing = true;
    try {
      while (!held && !waiting.isEmpty()) {
        handFirst();
      }
    } finally {
      handing = false;
    }
    if (!held) {
      endBatch();
      if (stopped) {
        stopped = false;
        reader.channel().config().setAutoRead(true);
      }
    }
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    if (cut) {
      ReferenceCountUtil.release(message);
    } else if (held || !waiting.isEmpty()) {
      await(message);
    } else {
      hand(message);
    }
  }

  private void await(Object message) {
    waiting.add(message);
    waitingBytes += bytes(message);
    if (!stopped) {
      stopped = true;
      reader.channel().config().setAutoRead(false);
    }
    if (waitingBytes > MAX_WAITING) {
      cut = true;
      reader.channel().close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  private static int bytes(Object message) {
    return message instanceof ByteBuf part
        ? part.readableBytes()
        : message instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
  }

  private void handFirst() {
    Object message = waiting.remove();
    waitingBytes -= bytes(message);
    hand(message);
  }

  private void hand(Object message) {
    handed = true;
    caller.dispatch(message, taking);
  }

  private void endBatch() {
    if (handed) {
      handed = false;
      taken();
    }
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext context) {
    endBatch();
    context.fireChannelReadComplete();
  }

  /** The last words of the other side are not lost, whoever holds them. */
  @Override
  public final void channelInactive(ChannelHandlerContext context) {
    while (!waiting.isEmpty()) {
      handFirst();
    }
    endBatch();
    context.fireChannelInactive();
  }

  @Override
  public final void handlerRemoved(ChannelHandlerContext context) {
    forget();
  }

  private void forget() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    waitingBytes = 0;
  }
}
