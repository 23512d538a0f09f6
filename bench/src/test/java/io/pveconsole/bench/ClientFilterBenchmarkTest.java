// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each benchmark does what its name says, twice the same. */
class ClientFilterBenchmarkTest {

  private final ClientFilterBenchmark benchmark = new ClientFilterBenchmark();

  @Test
  void letsInputPass() {
    for (int i = 1; i <= 2; i++) {
      assertThat(benchmark.move()).isEqualTo(RfbMessages.pointer(0, 640, 400));
      assertThat(benchmark.moveInTwoParts()).isEqualTo(RfbMessages.pointer(0, 640, 400));
      assertThat(benchmark.keystroke().length()).isEqualTo(2 * 12);
      assertThat(benchmark.burst().length()).isEqualTo(10 + 16 * 6);
      assertThat(benchmark.inputs()).isEqualTo(i * (1 + 1 + 2 + 16));
    }
  }

  @Test
  void dropsWhatAViewerSends() {
    assertThat(benchmark.moveDropped().length()).isZero();
    assertThat(benchmark.inputs()).isOne();
  }

  @Test
  void letsTextPass() {
    assertThat(benchmark.cutText().length()).isEqualTo(8 + 65_536);
  }
}
