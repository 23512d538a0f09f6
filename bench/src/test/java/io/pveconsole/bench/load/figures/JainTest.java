// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class JainTest {

  @Test
  void isOneWhereAllHaveTheSame() {
    assertThat(Jain.index(List.of(5.0, 5.0, 5.0))).isEqualTo(1, within(1e-9));
  }

  @Test
  void isTheShareOfThoseWhoHaveAnything() {
    assertThat(Jain.index(List.of(7.0, 0.0, 0.0, 0.0))).isEqualTo(0.25, within(1e-9));
  }

  @Test
  void isOneWhereThereIsNothing() {
    assertThat(Jain.index(List.of(0.0, 0.0))).isEqualTo(1);
  }
}
