// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TroublesTest {

  @Test
  void keepsTheFirstAndCountsTheRest() {
    Troubles troubles = new Troubles();
    for (int i = 0; i < 25; i++) {
      troubles.add("no. " + i);
    }

    assertThat(troubles.count()).isEqualTo(25);
    assertThat(troubles.all()).hasSize(21).startsWith("no. 0").endsWith("and 5 more");
  }
}
