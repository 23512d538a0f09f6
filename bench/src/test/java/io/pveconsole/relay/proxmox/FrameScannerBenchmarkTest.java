// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each benchmark does what its name says, twice the same. */
class FrameScannerBenchmarkTest {

  private final FrameScannerBenchmark benchmark = new FrameScannerBenchmark();

  @Test
  void findsThePayload() throws FrameScanner.BrokenFrame {
    for (int i = 0; i < 2; i++) {
      assertThat(benchmark.smallFrame().length()).isEqualTo(1024);
      assertThat(benchmark.smallFrames().length()).isEqualTo(32 * 1024);
      assertThat(benchmark.largeFrame().length()).isEqualTo(65_536);
      assertThat(benchmark.largeFrameInParts()).isEqualTo(65_536);
    }
  }

  @Test
  void writesAFrame() {
    assertThat(benchmark.writeMove().length()).isEqualTo(2 + 4 + 6);
  }
}
