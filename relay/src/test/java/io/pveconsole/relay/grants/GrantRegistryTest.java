// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of grants. */
class GrantRegistryTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final GrantRegistry registry = new GrantRegistry();
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void listen() {
    registry.listen(
        new GrantListener() {
          @Override
          public void changed(Grant grant) {
            heard.add(grant.toString());
          }

          @Override
          public void removed(String name, TerminationReason reason) {
            heard.add(name + " " + reason);
          }
        });
  }

  private static Grant version(String name, int version) {
    Grant fresh = Grants.fresh(name, NOW);
    return new Grant(
        fresh.name(), fresh.uid(), String.valueOf(version), fresh.spec(), fresh.status());
  }

  @Test
  void neverGoesBackToAnOlderVersion() {
    assertThat(registry.put(version("s", 9))).isTrue();
    assertThat(registry.put(version("s", 8))).isFalse();
    assertThat(registry.put(version("s", 10))).isTrue();

    assertThat(heard).containsExactly("Grant(s@9)", "Grant(s@10)");
  }

  @Test
  void whatIsDeletedStaysDeleted() {
    registry.put(version("s", 9));
    registry.remove("s");
    registry.remove("s");

    assertThat(registry.put(version("s", 10))).isFalse();
    assertThat(registry.find("s")).isEmpty();
    assertThat(registry.goneReason("s")).contains(TerminationReason.Revoked);
    assertThat(heard).containsExactly("Grant(s@9)", "s Revoked");
  }

  @Test
  void remembersWhyADeletedOneHadToEnd() {
    registry.put(Grants.ending(version("s", 9), TerminationReason.PolicyChanged));
    registry.remove("s");

    assertThat(registry.goneReason("s")).contains(TerminationReason.PolicyChanged);
  }

  @Test
  void aConsistentListWinsOverTheWatch() {
    registry.put(version("gone", 1));
    registry.put(version("same", 2));
    registry.put(version("old", 3));

    assertThat(
            registry.reconcile(
                registry.names(),
                List.of(version("same", 2), version("old", 4), version("missed", 5))))
        .isEqualTo(3);
    assertThat(registry.all())
        .extracting(Grant::name)
        .containsExactlyInAnyOrder("same", "old", "missed");
    assertThat(registry.reconcile(registry.names(), List.copyOf(registry.all()))).isZero();
  }

  @Test
  void aGrantThatIsYoungerThanTheListStays() {
    registry.put(version("gone", 1));
    Set<String> before = registry.names();
    registry.put(version("young", 2));

    assertThat(registry.reconcile(before, List.of())).isEqualTo(1);

    assertThat(registry.all()).extracting(Grant::name).containsExactly("young");
  }

  @Test
  void knowsWhenAGrantIsOver() {
    Grant fresh = version("s", 1);

    assertThat(fresh.over(NOW)).isEmpty();
    assertThat(fresh.over(NOW.plusSeconds(600))).contains(TerminationReason.LinkExpired);
    assertThat(fresh.over(NOW.plusSeconds(3600))).contains(TerminationReason.Expired);
  }
}
