// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What comes in over one channel, to be held where it comes from: then what one more read brings,
 * 64 KiB at most, waits in its order, and nothing is read after it. Stands before the handler of
 * Vert.x, which would read on until much waits. Belongs to the channel's event loop.
 */
public abstract class HeldReads extends ChannelInboundHandlerAdapter {

  private final ChannelHandlerContext reader;
  private final ContextInternal caller;
  private final Handler<Object> taking = this::take;
  private final Deque<Object> waiting = new ArrayDeque<>(1);
  private boolean held;
  private boolean stopped;
  private boolean handing;
  private boolean handed;

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
    Object message;
    handing = true;
    try {
      while (!held && (message = waiting.poll()) != null) {
        hand(message);
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
    if (held || !waiting.isEmpty()) {
      waiting.add(message);
      if (!stopped) {
        stopped = true;
        reader.channel().config().setAutoRead(false);
      }
    } else {
      hand(message);
    }
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

  @Override
  public final void channelInactive(ChannelHandlerContext context) {
    forget();
    context.fireChannelInactive();
  }

  @Override
  public final void handlerRemoved(ChannelHandlerContext context) {
    forget();
  }

  private void forget() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
