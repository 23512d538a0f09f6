// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays of an object in memory, and what a copy of one shares with it. */
class CachesTest {

  private final Caches caches = new Caches(Set.of());
  private final ModelCloner cloner = new ModelCloner(new KubernetesSerialization());

  private static ConsoleSession session() {
    ConsoleSession session = Samples.session("one");
    session.getMetadata().setLabels(Map.of("team", "red"));
    session.getMetadata().setAnnotations(Map.of("applied", "{}"));
    session.getMetadata().setManagedFields(List.of(new ManagedFieldsEntry()));
    session.setStatus(status("https://console.example.com/c/1"));
    return session;
  }

  private static ConsoleSessionStatus status(String url) {
    return new ConsoleSessionStatus(
        1L,
        null,
        SessionState.Ready,
        url,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void leanObjectsKeepAllThatIsRead() {
    var store = caches.<ConsoleSession>lean();
    store.put("one", session());
    ConsoleSession kept = store.get("one");
    assertThat(kept.getMetadata().getManagedFields()).isEmpty();
    assertThat(kept.getMetadata().getAnnotations()).isEmpty();
    assertThat(kept.getMetadata().getLabels()).containsEntry("team", "red");
    assertThat(kept.getMetadata().getUid()).isEqualTo(session().getMetadata().getUid());
    assertThat(kept.getSpec()).isEqualTo(session().getSpec());
    assertThat(kept.getStatus()).isEqualTo(session().getStatus());
  }

  @Test
  void identitiesHaveNoStatus() {
    var sessions = caches.sessionIdentities();
    sessions.put("one", session());
    assertThat(sessions.get("one").getStatus()).isNull();
    assertThat(sessions.get("one").getSpec().hostRef()).isEqualTo(session().getSpec().hostRef());

    var grants = caches.grantIdentities();
    ConsoleGrant grant = new ConsoleGrant();
    grant.setMetadata(new ObjectMetaBuilder().withName("uid").withNamespace("ns").build());
    grant.setStatus(new ConsoleGrantStatus(null, null, null, null, null));
    grants.put("one", grant);
    assertThat(grants.get("one").getStatus()).isNull();
    assertThat(grants.get("one").getMetadata().getName()).isEqualTo("uid");
  }

  @Test
  void informersOfSeveralNamespacesShareNoStore() {
    Caches several = new Caches(Set.of("a", "b"));
    assertThat(several.<ConsoleSession>lean()).isNull();
    assertThat(several.sessionIdentities()).isNull();
    assertThat(several.grantIdentities()).isNull();
    assertThat(new Caches(Set.of("a")).sessionIdentities()).isNotNull();
  }

  @Test
  void aCopyCanBeChangedWithoutTheOriginal() {
    ConsoleSession original = session();
    ConsoleSession copy = cloner.clone(original);
    assertThat(copy.getSpec()).isSameAs(original.getSpec());
    copy.getMetadata().setName("other");
    copy.getMetadata().getLabels().put("team", "blue");
    copy.setStatus(status("https://other.example.com"));
    assertThat(original.getMetadata().getName()).isEqualTo("one");
    assertThat(original.getMetadata().getLabels()).containsEntry("team", "red");
    assertThat(original.getStatus()).isEqualTo(session().getStatus());
  }

  @Test
  void otherKindsAreCopiedWhole() {
    var pod = new PodBuilder().withNewSpec().withNodeName("a").endSpec().build();
    var copy = cloner.clone(pod);
    copy.getSpec().setNodeName("b");
    assertThat(pod.getSpec().getNodeName()).isEqualTo("a");
  }
}
