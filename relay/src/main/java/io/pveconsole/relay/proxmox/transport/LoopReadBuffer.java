// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * All connections of an event loop to Proxmox and to the API server are read into one buffer, which
 * is thus still in the processor's cache when the next of them has something to say. Who keeps what
 * was read, as a decoder does with half a message, keeps the buffer, and the loop takes another.
 * Netty's allocator for small heaps lends no buffers of more than 16 KiB: it asks the system for
 * each of them and fills it with zeros.
 */
final class LoopReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  /** A picture of some size in one read; four TLS records of the greatest length. */
  private static final int BYTES = 64 * 1024;

  private final FastThreadLocal<@Nullable ByteBuf> buffers = new Buffers();

  /** Reads a connection so many times in a row at most, before it is the next one's turn. */
  LoopReadBuffer(int readsInARow) {
    super(readsInARow);
  }

  @Override
  @SuppressWarnings("deprecation") // the type is in the signature of Netty
  public Handle newHandle() {
    return new Reads();
  }

  private ByteBuf buffer(ByteBufAllocator allocator) {
    ByteBuf last = buffers.get();
    if (last != null && last.refCnt() == 1) {
      return last.clear().retain();
    }
    if (last != null) {
      last.release();
    }
    ByteBuf next = allocator.ioBuffer(BYTES, BYTES);
    buffers.set(next);
    return next.retain();
  }

  private final class Reads extends MaxMessageHandle {

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return buffer(allocator);
    }

    @Override
    public int guess() {
      return BYTES;
    }
  }

  private static final class Buffers extends FastThreadLocal<@Nullable ByteBuf> {

    @Override
    protected void onRemoval(@Nullable ByteBuf buffer) {
      if (buffer != null) {
        buffer.release();
      }
    }
  }
}
