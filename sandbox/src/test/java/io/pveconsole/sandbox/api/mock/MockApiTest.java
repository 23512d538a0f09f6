// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import static io.pveconsole.sandbox.api.Widgets.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.sandbox.api.Widgets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the mock must do as a real API server does it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MockApiTest {

  private MockApi api;
  private Widgets hosts;

  @BeforeAll
  void start() {
    api = MockApi.start();
    hosts = new Widgets(api.client());
  }

  @AfterEach
  void clear() {
    hosts.named("h").delete();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private static String version(GenericKubernetesResource host) {
    return host.getMetadata().getResourceVersion();
  }

  @Test
  void anUnchangedApplyKeepsTheResourceVersion() {
    GenericKubernetesResource first = hosts.apply("a", "h", Map.of("suspend", true));
    GenericKubernetesResource second = hosts.apply("a", "h", Map.of("suspend", true));
    assertThat(version(second)).isEqualTo(version(first));
    assertThat(second.getMetadata().getUid()).isNotBlank();
  }

  @Test
  void anApplyRemovesWhatItsManagerNoLongerApplies() {
    hosts.apply("a", "h", Map.of("suspend", true, "targets", Map.of("vmids", List.of("1"))));
    hosts.apply("b", "h", Map.of("relay", Map.of("replicas", 1)));
    GenericKubernetesResource after = hosts.apply("a", "h", Map.of("suspend", false));
    assertThat(at(after, "spec", "targets")).isNull();
    assertThat(at(after, "spec", "suspend")).isEqualTo(false);
    assertThat(at(after, "spec", "relay", "replicas")).isEqualTo(1);
  }

  @Test
  void aFieldOfTwoManagersStaysWhenOneLetsGo() {
    hosts.apply("a", "h", Map.of("suspend", true));
    hosts.apply("b", "h", Map.of("suspend", true));
    GenericKubernetesResource after = hosts.apply("a", "h", Map.of("relay", Map.of("replicas", 1)));
    assertThat(at(after, "spec", "suspend")).isEqualTo(true);
  }

  @Test
  void podsShareTheListOfRelaysByName() {
    hosts.create("h", Map.of("suspend", true));
    hosts.report("pod-1", "h", List.of(Map.of("podName", "pod-1", "keyId", "k1")));
    hosts.report("pod-2", "h", List.of(Map.of("podName", "pod-2", "keyId", "k1")));
    hosts.report("pod-1", "h", List.of(Map.of("podName", "pod-1", "keyId", "k2")));
    assertThat(at(hosts.named("h").get(), "status", "relays"))
        .isEqualTo(
            List.of(
                Map.of("podName", "pod-1", "keyId", "k2"),
                Map.of("podName", "pod-2", "keyId", "k1")));
    GenericKubernetesResource left = hosts.report("pod-1", "h", List.of());
    assertThat(at(left, "status", "relays"))
        .isEqualTo(List.of(Map.of("podName", "pod-2", "keyId", "k1")));
  }

  @Test
  void aRepeatedReportKeepsTheResourceVersion() {
    hosts.create("h", Map.of("suspend", true));
    List<Map<String, String>> relays = List.of(Map.of("podName", "pod-1", "keyId", "k1"));
    String first = version(hosts.report("pod-1", "h", relays));
    assertThat(version(hosts.report("pod-1", "h", relays))).isEqualTo(first);
  }

  @Test
  void specAndStatusAreWrittenApart() {
    GenericKubernetesResource created = Widgets.host("h", Map.of("suspend", true));
    created.setAdditionalProperty("status", Map.of("url", "http://forged"));
    GenericKubernetesResource stored = hosts.resource(created).create();
    assertThat(at(stored, "status", "url")).isNull();

    hosts.report("pod-1", "h", List.of(Map.of("podName", "pod-1")));
    hosts.patch("h", PatchType.JSON_MERGE, "{\"status\":{\"url\":\"http://forged\"}}");
    GenericKubernetesResource status = Widgets.host("h", Map.of("suspend", false));
    status.setAdditionalProperty("status", Map.of("url", "http://x"));
    GenericKubernetesResource after =
        hosts.resource(status).subresource("status").patch(Widgets.applyAs("operator"));
    assertThat(at(after, "spec", "suspend")).isEqualTo(true);
    assertThat(at(after, "status", "url")).isEqualTo("http://x");
    assertThat(at(after, "status", "relays")).isEqualTo(List.of(Map.of("podName", "pod-1")));
  }

  @Test
  void theGenerationCountsChangesOfTheSpecOnly() {
    hosts.create("h", Map.of("suspend", true));
    hosts.report("pod-1", "h", List.of(Map.of("podName", "pod-1")));
    assertThat(hosts.named("h").get().getMetadata().getGeneration()).isEqualTo(1);
    hosts.patch("h", PatchType.JSON_MERGE, "{\"spec\":{\"suspend\":false}}");
    assertThat(hosts.named("h").get().getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void aMergePatchRemovesByNullAndReplacesLists() {
    hosts.create("h", Map.of("suspend", true, "targets", Map.of("vmids", List.of("1", "2"))));
    GenericKubernetesResource after =
        hosts.patch(
            "h",
            PatchType.JSON_MERGE,
            "{\"spec\":{\"suspend\":null,\"targets\":{\"vmids\":[\"3\"]}}}");
    assertThat(at(after, "spec", "suspend")).isNull();
    assertThat(at(after, "spec", "targets", "vmids")).isEqualTo(List.of("3"));
  }

  @Test
  void anOutdatedMergePatchIsAConflictAlsoOnStatus() {
    String old = version(hosts.create("h", Map.of("suspend", true)));
    hosts.report("pod-1", "h", List.of(Map.of("podName", "pod-1")));
    String patch =
        "{\"metadata\":{\"resourceVersion\":\"" + old + "\"},\"status\":{\"url\":\"x\"}}";
    assertThatThrownBy(() -> hosts.patch("h", PatchType.JSON_MERGE, patch))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    GenericKubernetesResource stale = Widgets.report("h", List.of());
    stale.getMetadata().setResourceVersion(old);
    assertThatThrownBy(() -> hosts.resource(stale).updateStatus())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void aFailedTestOfAJsonPatchIs422AndChangesNothing() {
    hosts.create("h", Map.of("suspend", true));
    String patch =
        """
        [{"op":"replace","path":"/spec/suspend","value":false},
         {"op":"test","path":"/metadata/uid","value":"another"}]\
        """;
    assertThatThrownBy(() -> hosts.patch("h", PatchType.JSON, patch))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(422));
    assertThat(at(hosts.named("h").get(), "spec", "suspend")).isEqualTo(true);
  }

  @Test
  void aJsonPatchRemovesAnEntryOfTheStatus() {
    hosts.create("h", Map.of("suspend", true));
    hosts.report("pod-1", "h", List.of(Map.of("podName", "pod-1")));
    hosts.report("pod-2", "h", List.of(Map.of("podName", "pod-2")));
    String patch =
        """
        [{"op":"test","path":"/status/relays/0/podName","value":"pod-1"},
         {"op":"remove","path":"/status/relays/0"}]\
        """;
    hosts
        .named("h")
        .subresource("status")
        .patch(io.fabric8.kubernetes.client.dsl.base.PatchContext.of(PatchType.JSON), patch);
    assertThat(at(hosts.named("h").get(), "status", "relays"))
        .isEqualTo(List.of(Map.of("podName", "pod-2")));
  }

  @Test
  void writesAreSeenByAWatch() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Watcher<GenericKubernetesResource> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, GenericKubernetesResource host) {
            seen.add(action + " " + at(host, "spec", "suspend") + " " + at(host, "status", "url"));
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("CLOSED");
          }
        };
    hosts.create("h", Map.of("suspend", true));
    try (var watch = hosts.named("h").watch(watcher)) {
      assertThat(watch).isNotNull();
      hosts.apply("a", "h", Map.of("suspend", false));
      GenericKubernetesResource status = Widgets.host("h", Map.of());
      status.setAdditionalProperty("status", Map.of("url", "u"));
      hosts.resource(status).subresource("status").patch(Widgets.applyAs("operator"));
      hosts.named("h").delete();
      await("watch events")
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .containsSubsequence(
                          "ADDED true null",
                          "MODIFIED false null",
                          "MODIFIED false u",
                          "DELETED false u"));
    }
  }

  @Test
  void listsCanBeSelectedByAFieldOfTheSpec() {
    hosts.create("h", Map.of("suspend", true));
    assertThat(hosts.withField("spec.suspend", "true")).hasSize(1);
    assertThat(hosts.withField("spec.suspend", "false")).isEmpty();
  }

  @Test
  void aDeleteWithAnotherUidIsAConflict() {
    GenericKubernetesResource created = hosts.create("h", Map.of("suspend", true));
    String old = version(created);
    hosts.patch("h", PatchType.JSON_MERGE, "{\"spec\":{\"suspend\":false}}");
    assertThatThrownBy(() -> hosts.named("h").lockResourceVersion(old).delete())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(hosts.named("h").get()).isNotNull();
  }

  @Test
  void aMarkedObjectGoesWithItsLastFinalizer() {
    GenericKubernetesResource host = Widgets.host("h", Map.of("suspend", true));
    host.getMetadata().setFinalizers(List.of("example.com/wait"));
    hosts.resource(host).create();
    hosts.named("h").delete();
    assertThat(hosts.named("h").get().getMetadata().getDeletionTimestamp()).isNotNull();
    hosts.patch("h", PatchType.JSON_MERGE, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(hosts.named("h").get()).isNull();
  }

  @Test
  void stringDataBecomesData() {
    api.client()
        .secrets()
        .inNamespace("default")
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("s")
                .endMetadata()
                .withStringData(Map.of("k", "value"))
                .build())
        .serverSideApply();
    assertThat(api.client().secrets().inNamespace("default").withName("s").get().getData())
        .containsEntry("k", "dmFsdWU=");
  }
}
