// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which reads share a buffer, and that none of them sees another's bytes. */
class LoopReadBufferTest {

  private final LoopReadBuffer buffers = new LoopReadBuffer(4);
  private final ExtendedHandle connection = (ExtendedHandle) buffers.newHandle();
  private final ExtendedHandle another = (ExtendedHandle) buffers.newHandle();

  @AfterEach
  void end() {
    FastThreadLocal.removeAll();
  }

  private static ByteBuf read(ExtendedHandle handle) {
    return handle.allocate(ByteBufAllocator.DEFAULT);
  }

  @Test
  void connectionsOfALoopAreReadIntoOneBuffer() {
    ByteBuf first = read(connection);
    assertThat(first.writableBytes()).isEqualTo(64 * 1024);
    first.writeZero(100).release();

    ByteBuf second = read(another);

    assertThat(second).isSameAs(first);
    assertThat(second.readableBytes()).isZero();
    second.release();
  }

  @Test
  void whatIsKeptIsNotReadInto() {
    ByteBuf kept = read(connection).writeLong(42);
    ByteBuf slice = kept.readRetainedSlice(8);
    kept.release();

    ByteBuf next = read(another).writeLong(7);

    assertThat(next).isNotSameAs(kept);
    assertThat(slice.readLong()).isEqualTo(42);
    next.release();
    assertThat(slice.release()).as("nobody else has the buffer that was kept").isTrue();
    ByteBuf again = read(connection);
    assertThat(again).isSameAs(next);
    again.release();
  }

  @Test
  void aLoopThatEndsGivesItsBufferBack() throws InterruptedException {
    ByteBuf[] last = new ByteBuf[1];
    Thread loop =
        new FastThreadLocalThread(
            () -> {
              last[0] = read(connection);
              last[0].release();
            });

    loop.start();
    loop.join();

    assertThat(last[0].refCnt()).isZero();
  }

  @Test
  void loopsHaveBuffersOfTheirOwn() throws InterruptedException {
    ByteBuf here = read(connection);
    ByteBuf[] there = new ByteBuf[1];
    Thread loop =
        new FastThreadLocalThread(
            () -> {
              there[0] = read(another);
              there[0].release();
            });

    loop.start();
    loop.join();

    assertThat(there[0]).isNotSameAs(here);
    here.release();
  }
}
