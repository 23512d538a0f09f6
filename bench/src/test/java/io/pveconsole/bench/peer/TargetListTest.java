// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetListTest {

  @Test
  void makesOneSessionForEachGuest() {
    TargetList list = TargetList.parse("targets=200-202,300");

    assertThat(list.name()).isEqualTo("targets");
    assertThat(list.vmids()).containsExactly(200, 201, 202, 300);
    assertThat(list.sessions()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void goesRoundWhereMoreSessionsAreWanted() {
    TargetList list = TargetList.parse("idle=400-401*5");

    assertThat(list.sessions()).hasSize(5);
    assertThat(list.vmid(4)).isEqualTo(400);
    assertThat(list.vmid(3)).isEqualTo(401);
  }

  @Test
  void takesListsApart() {
    assertThat(TargetList.parseAll(" a=100  b=101 "))
        .extracting(TargetList::name)
        .containsExactly("a", "b");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> TargetList.parse("200-203")).hasMessageContaining("200-203");
    assertThatThrownBy(() -> StageOptions.from(Path.of("/tmp"), Map.of()))
        .hasMessageContaining("CERTS is not set");
  }
}
