// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JvmToolTest {

  private static final String SERIAL =
      """
      1234:
       def new generation   total 39296K, used 1000K [0x0000000747000000, 0x0000000749aa0000)
        eden space 34944K,   5% used [0x0000000747000000, 0x00000007471d14c8)
       tenured generation   total 87424K, used 234K [0x000000075c000000, 0x0000000761560000)
         the space 87424K,   0% used [0x000000075c000000, 0x000000075c0f7b68)
       Metaspace       used 5114K, committed 5376K, reserved 1114112K
      """;

  @Test
  void addsTheGenerations() throws Exception {
    assertThat(JvmTool.used(SERIAL)).isEqualTo(1234);
    assertThatThrownBy(() -> JvmTool.used("no such process")).isInstanceOf(IOException.class);
  }

  @Test
  void looksAtARealOne() throws Exception {
    assertThat(new JvmTool(ProcessHandle.current().pid()).liveHeapKib()).isPositive();
  }
}
