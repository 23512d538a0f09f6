// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A held connection of the relay's own transport whose other side sends much and ends it. */
@EnabledOnOs(OS.LINUX)
class HeldSocketTest {

  private static final int SENT = 1024 * 1024;
  private static final int ONE_READ = 64 * 1024;

  private final Vertx vertx = WatchingTransport.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final CompletableFuture<Integer> got = new CompletableFuture<>();
  private final CompletableFuture<Integer> room = new CompletableFuture<>();

  private static final class Counted extends HeldReads {
    private int bytes;

    Counted(ChannelHandlerContext reader) {
      super(reader);
      stand("counted");
      hold();
    }

    @Override
    protected void take(Object message) {
      ByteBuf part = (ByteBuf) message;
      for (; part.isReadable(); bytes++) {
        if (part.readByte() != (byte) bytes) {
          throw new AssertionError("not what was sent at " + bytes);
        }
      }
      part.release();
    }
  }

  @AfterEach
  void stop() {
    vertx.close();
  }

  @Test
  void isReadToItsEndAtOnceWithoutFillingTheMemory() throws Exception {
    byte[] all = new byte[SENT];
    for (int i = 0; i < SENT; i++) {
      all[i] = (byte) i;
    }
    vertx
        .createNetServer()
        .connectHandler(socket -> socket.end(Buffer.buffer(all)))
        .listen(0, "127.0.0.1")
        .compose(
            server ->
                vertx
                    .createNetClient(new NetClientOptions().setReceiveBufferSize(4 * SENT))
                    .connect(server.actualPort(), "127.0.0.1"))
        .onSuccess(
            socket -> {
              ChannelHandlerContext reader = ((NetSocketInternal) socket).channelHandlerContext();
              reader.channel().config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator());
              room.complete(reader.channel().config().getOption(ChannelOption.SO_RCVBUF));
              Counted counted = new Counted(reader);
              socket.closeHandler(v -> got.complete(counted.bytes));
            })
        .onFailure(got::completeExceptionally);

    assumeThat(room.get(10, TimeUnit.SECONDS))
        .as("the kernel has room for all of it (net.core.rmem_max)")
        .isGreaterThanOrEqualTo(4 * SENT);
    assertThat(got.get(10, TimeUnit.SECONDS))
        .isBetween(HeldReads.MAX_WAITING + 1, HeldReads.MAX_WAITING + ONE_READ);
  }
}
