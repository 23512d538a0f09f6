// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatTest {

  @Test
  void readsThisProcess() throws Exception {
    ProcStat mine = new ProcStat(ProcessHandle.current().pid());

    assertThat(mine.cpuMillis()).isPositive();
    assertThat(mine.pssKib()).isGreaterThan(10_000);
    assertThat(mine.threads()).isGreaterThan(3);
    assertThat(mine.descriptors()).isGreaterThan(3);
  }
}
