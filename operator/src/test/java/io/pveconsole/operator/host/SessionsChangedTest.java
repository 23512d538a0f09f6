// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsChangedTest {

  private final Deque<Runnable> later = new ArrayDeque<>();
  private final List<String> woken = new ArrayList<>();
  private final SessionsChanged changed = new SessionsChanged(later::add);

  @BeforeEach
  void start() {
    changed
        .source()
        .setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
    changed.source().start();
  }

  private static ResourceID host(String name) {
    return new ResourceID(name, "team");
  }

  @Test
  void manySessionsWakeTheirHostOnceAndLater() {
    for (int i = 0; i < 100; i++) {
      changed.at(host("pve"));
    }
    assertThat(woken).isEmpty();
    assertThat(later).hasSize(1);
    later.remove().run();
    assertThat(woken).containsExactly("pve");
  }

  @Test
  void eachHostIsWokenAndAgainForWhatComesAfterwards() {
    changed.at(host("one"));
    changed.at(host("two"));
    later.remove().run();
    later.remove().run();
    changed.at(host("one"));
    later.remove().run();
    assertThat(woken).containsExactly("one", "two", "one");
  }
}
