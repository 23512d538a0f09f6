// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Order, batches and ownership of what a channel brings while it is held and after. */
class HeldReadsTest {

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<String> told = new ArrayList<>();
  private Reads reads;
  private Runnable afterA = () -> {};

  private final class Reads extends HeldReads {
    Reads(ChannelHandlerContext reader) {
      super(reader);
      stand("reads");
    }

    @Override
    protected void take(Object message) {
      assertThat(Vertx.currentContext()).isSameAs(context);
      ByteBuf bytes = (ByteBuf) message;
      String text = bytes.toString(java.nio.charset.StandardCharsets.US_ASCII);
      bytes.release();
      told.add(text);
      if ("a".equals(text)) {
        afterA.run();
      }
    }

    @Override
    protected void taken() {
      told.add("|");
    }
  }

  @BeforeEach
  void start() {
    channel.pipeline().addLast("vertx", new ChannelInboundHandlerAdapter());
    context.dispatch(() -> reads = new Reads(channel.pipeline().context("vertx")));
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    vertx.close();
  }

  private ByteBuf come(String text) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.US_ASCII);
    channel.pipeline().fireChannelRead(bytes);
    return bytes;
  }

  private void readComplete() {
    channel.pipeline().fireChannelReadComplete();
  }

  @Test
  void tellsOfEachBatchOnce() {
    come("a");
    come("b");
    readComplete();
    readComplete();
    come("c");
    readComplete();

    assertThat(told).containsExactly("a", "b", "|", "c", "|");
  }

  @Test
  void whatComesWhileHeldWaitsInItsOrder() {
    come("a");
    reads.hold();
    assertThat(channel.config().isAutoRead()).isTrue();
    come("b");
    assertThat(channel.config().isAutoRead()).isFalse();
    come("c");
    readComplete();
    assertThat(told).containsExactly("a", "|");

    reads.release();
    assertThat(channel.config().isAutoRead()).isTrue();
    come("d");
    readComplete();
    assertThat(told).containsExactly("a", "|", "b", "c", "|", "d", "|");
  }

  @Test
  void canBeHeldAgainByWhoTakesWhatWaited() {
    afterA = reads::hold;
    reads.hold();
    come("a");
    come("b");
    reads.release();
    assertThat(told).containsExactly("a");
    assertThat(channel.config().isAutoRead()).isFalse();

    come("c");
    reads.release();
    assertThat(told).containsExactly("a", "b", "c", "|");
  }

  @Test
  void aReleaseByWhoTakesDoesNotOvertake() {
    afterA =
        () -> {
          reads.hold();
          reads.release();
          told.add("a taken");
        };
    reads.hold();
    come("a");
    come("b");
    reads.release();

    assertThat(told).containsExactly("a", "a taken", "b", "|");
  }

  @Test
  void whatWaitsIsHandedOverWhenTheChannelEnds() {
    afterA = reads::hold;
    reads.hold();
    come("a");
    ByteBuf last = come("b");
    channel.close();

    assertThat(told).containsExactly("a", "b", "|");
    assertThat(last.refCnt()).isZero();
  }

  @Test
  void aChannelThatIsReadToItsEndAtOnceDoesNotFillTheMemory() {
    reads.hold();
    String part = "x".repeat(HeldReads.MAX_WAITING / 4);
    for (int i = 0; i < 4; i++) {
      come(part);
    }
    assertThat(channel.isOpen()).isTrue();

    come("y");
    assertThat(channel.isOpen()).isFalse();
    assertThat(told).containsExactly(part, part, part, part, "y", "|");
  }

  @Test
  void whatWasTakenWaitsNoMore() {
    String part = "x".repeat(HeldReads.MAX_WAITING);
    for (int i = 0; i < 3; i++) {
      reads.hold();
      come(part);
      reads.release();
    }

    assertThat(channel.isOpen()).isTrue();
    assertThat(told).containsExactly(part, "|", part, "|", part, "|");
  }

  @Test
  void keepsNothingOnceItsPlaceIsGone() {
    reads.hold();
    ByteBuf waiting = come("a");
    channel.pipeline().remove("reads");

    assertThat(waiting.refCnt()).isZero();
    reads.release();
    assertThat(told).isEmpty();
  }
}
