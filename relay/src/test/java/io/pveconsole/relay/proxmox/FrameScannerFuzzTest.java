// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Frames that no Proxmox sends: refused or passed on, never collected, never a hang. */
class FrameScannerFuzzTest {

  private static final class Control implements FrameScanner.Events {
    @Override
    public void pinged(Buffer payload) {
      assertThat(payload.length()).isLessThanOrEqualTo(125);
    }

    @Override
    public void ponged() {}

    @Override
    public void peerClosed() {}
  }

  @Property(tries = 3000)
  void anyBytesEndOrPass(
      @ForAll @Size(max = 300) byte[] bytes,
      @ForAll @IntRange(max = 3) int kind,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 60) Integer> sizes) {
    Buffer all = Buffer.buffer();
    if (kind > 0) {
      all.appendByte((byte) List.of(0x82, 0x89, 0x02).get(kind - 1).intValue());
    }
    all.appendBytes(bytes);
    FrameScanner scanner = new FrameScanner();
    int passed = 0;
    try {
      int at = 0;
      for (int i = 0; at < all.length(); i++) {
        int end = Math.min(all.length(), at + sizes.get(i % sizes.size()));
        passed += scanner.scan(all.getBuffer(at, end), new Control()).length();
        at = end;
      }
    } catch (FrameScanner.BrokenFrame e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    assertThat(passed).isLessThanOrEqualTo(all.length());
  }

  @Test
  void anEndlessFrameIsPassedOnAndNotCollected() throws Exception {
    FrameScanner scanner = new FrameScanner();
    Buffer head =
        Buffer.buffer().appendByte((byte) 0x82).appendByte((byte) 127).appendLong(Long.MAX_VALUE);
    assertThat(scanner.scan(head, new Control()).length()).isZero();
    Buffer part = Buffer.buffer(new byte[64 * 1024]);
    for (int i = 0; i < 1000; i++) {
      assertThat(scanner.scan(part, new Control()).length()).isEqualTo(part.length());
    }
  }
}
