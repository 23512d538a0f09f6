// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the extended clipboard provides is measured before it goes to the guest. */
class ProvidedTextTest {

  private static final int AT = 12;

  private final AtomicLong now = new AtomicLong();
  private final ProvidedText provided = new ProvidedText(now::get);

  private boolean fits(Buffer message) {
    return provided.fits(message, AT);
  }

  @Test
  void passesTextUpToTheLimit() {
    assertThat(fits(Messages.providedText("한글 text"))).isTrue();
    assertThat(fits(Messages.provided(new byte[ProvidedText.MAX_INFLATED]))).isTrue();
  }

  @Test
  void refusesABomb() {
    Buffer bomb = Messages.provided(new byte[64 * ProvidedText.MAX_INFLATED]);

    assertThat(bomb.length()).isLessThan(ClientMessageScanner.MAX_CUT_TEXT);
    assertThat(fits(bomb)).isFalse();
    assertThat(fits(Messages.provided(new byte[ProvidedText.MAX_INFLATED + 1]))).isFalse();
  }

  @Test
  void refusesWhatIsNotDeflated() {
    assertThat(fits(Messages.extendedCutText(Messages.PROVIDE, 8))).isFalse();
  }

  @Test
  void refusesBytesAfterTheEndAtWhichOldServersLoop() {
    assertThat(fits(Messages.providedTextWithTail("x"))).isFalse();
  }

  @Test
  void passesAStreamThatWasFlushedAndNotFinished() {
    Buffer whole = Messages.providedText("flushed");

    assertThat(fits(whole.getBuffer(0, whole.length() - 4))).isTrue();
  }

  @Test
  void looksAtSoMuchInASecondOnly() {
    Buffer large = Messages.provided(new byte[ProvidedText.MAX_INFLATED]);
    int passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += fits(large) ? 1 : 0;
    }
    assertThat(passed).isEqualTo(4);
    assertThat(fits(Messages.providedText("x"))).isFalse();

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(fits(Messages.providedText("x"))).isTrue();
  }
}
