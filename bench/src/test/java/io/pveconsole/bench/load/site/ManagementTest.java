// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManagementTest {

  @Test
  void addsSeries() {
    String text = "# HELP b\nb{id=\"direct\"} 3.0\nb{id=\"mapped\"} 4.5\nc 7.0\n";

    assertThat(Management.sum(text, "b{")).isEqualTo(7.5);
    assertThat(Management.sum(text, "d")).isZero();
  }
}
