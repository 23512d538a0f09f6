// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.grant.Redemption;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.host.RelayEndpointStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.config.OperatorConfig;
import io.pveconsole.operator.events.EventRecorder;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.Samples;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole operator with the framework's informers, on a mock API server. */
class ConsoleOperatorTest {

  private static final String NS = Samples.NAMESPACE;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final MockCluster cluster = new MockCluster();
  private final KubernetesClient client = cluster.client();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final EventRecorder events = new EventRecorder(client, Clock.systemUTC(), metrics);
  private Operator operator;

  @BeforeEach
  void start() {
    operator =
        ConsoleOperator.create(
            new OperatorConfig("ops", Set.of(NS), "relay:test", 0, false),
            client,
            Clock.systemUTC(),
            new SecureRandom(),
            metrics,
            events,
            new Leadership(client, () -> {}));
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.stop();
    events.close();
    cluster.close();
  }

  private static <T extends HasMetadata> T bare(T sample) {
    sample.getMetadata().setUid(null);
    sample.getMetadata().setCreationTimestamp(null);
    return sample;
  }

  private <T extends HasMetadata> Resource<T> at(Class<T> type, String name) {
    return client.resources(type).inNamespace(NS).withName(name);
  }

  private ProxmoxHost readyHost() {
    cluster.create(bare(Samples.host("pve", "relay: {replicas: 1}")));
    await("the Deployment")
        .atMost(LIMIT)
        .until(() -> at(Deployment.class, "pve-relay").get() != null);
    at(Deployment.class, "pve-relay")
        .editStatus(
            deployment -> {
              deployment.setStatus(
                  new DeploymentStatusBuilder()
                      .withObservedGeneration(99L)
                      .withAvailableReplicas(1)
                      .build());
              return deployment;
            });
    await("the relay is available")
        .atMost(LIMIT)
        .until(() -> hostCondition("RelayAvailable").equals("True"));
    return at(ProxmoxHost.class, "pve").get();
  }

  private String hostCondition(String type) {
    ProxmoxHostStatus status = at(ProxmoxHost.class, "pve").get().getStatus();
    return status == null
        ? ""
        : Conditions.find(status.conditions(), type).map(Condition::status).orElse("");
  }

  private ConsoleSession inState(String name, SessionState state) {
    await(name + " is " + state)
        .atMost(LIMIT)
        .until(
            () ->
                Optional.ofNullable(at(ConsoleSession.class, name).get().getStatus())
                    .filter(status -> status.state() == state)
                    .isPresent());
    return at(ConsoleSession.class, name).get();
  }

  private ConsoleGrant grant(ConsoleSession session) {
    return at(ConsoleGrant.class, session.getMetadata().getUid()).get();
  }

  @Test
  void aSessionFromRequestToRevoke() {
    readyHost();
    cluster.create(bare(Samples.session("one")));
    ConsoleSession ready = inState("one", SessionState.Ready);
    assertThat(at(Secret.class, "one-access").get()).isNotNull();

    at(ConsoleGrant.class, ready.getMetadata().getUid())
        .editStatus(
            grant -> {
              grant.setStatus(
                  new ConsoleGrantStatus(
                      new Redemption("n", "2026-03-01T12:00:00Z"),
                      new GrantViewer("v", "pod", "198.51.100.7", "2026-03-01T12:00:00Z"),
                      null,
                      null,
                      null));
              return grant;
            });
    inState("one", SessionState.Connected);
    await("the Secret of a used link goes")
        .atMost(LIMIT)
        .until(() -> at(Secret.class, "one-access").get() == null);
    await("the host counts it")
        .atMost(LIMIT)
        .until(
            () ->
                Integer.valueOf(1)
                    .equals(at(ProxmoxHost.class, "pve").get().getStatus().activeSessions()));

    ConsoleSession revoked = bare(Samples.session("one", "revoked: true"));
    revoked.getMetadata().setGeneration(2L);
    at(ConsoleSession.class, "one")
        .edit(
            session -> {
              session.setSpec(revoked.getSpec());
              session.getMetadata().setGeneration(2L);
              return session;
            });
    ConsoleSession finished = inState("one", SessionState.Finished);
    assertThat(finished.getStatus().terminationReason()).isEqualTo(TerminationReason.Revoked);
    assertThat(grant(finished).getSpec().end().reason()).isEqualTo(TerminationReason.Revoked);
    assertThat(
            metrics
                .get("pveconsole_sessions_finished")
                .tags("host", "pve", "outcome", "Revoked")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(client.v1().events().inNamespace(NS).list().getItems())
        .extracting(event -> event.getReason())
        .contains("LinkReady", "ViewerConnected", "Revoked");
  }

  @Test
  void aDeletedSessionTakesItsGrantWithIt() {
    readyHost();
    cluster.create(bare(Samples.session("one")));
    ConsoleSession ready = inState("one", SessionState.Ready);
    at(ConsoleSession.class, "one").delete();
    await("the grant goes").atMost(LIMIT).until(() -> grant(ready) == null);
  }

  @Test
  void aSessionWaitsForAHostThatComesLater() {
    cluster.create(bare(Samples.session("one")));
    inState("one", SessionState.Pending);
    readyHost();
    inState("one", SessionState.Ready);
  }

  @Test
  void whatDriftsOrGoesIsRepairedAndWhatIsForeignIsNot() {
    cluster.create(
        new ServiceBuilder()
            .withNewMetadata()
            .withName("pve-relay")
            .withNamespace(NS)
            .endMetadata()
            .withNewSpec()
            .withClusterIP("None")
            .endSpec()
            .build());
    cluster.create(bare(Samples.host("pve")));
    await("the condition names it")
        .atMost(LIMIT)
        .until(() -> hostCondition("RelayAvailable").equals("False"));
    assertThat(
            Conditions.find(
                    at(ProxmoxHost.class, "pve").get().getStatus().conditions(), "RelayAvailable")
                .orElseThrow()
                .message())
        .contains("Service/pve-relay");
    assertThat(at(Service.class, "pve-relay").get().getSpec().getClusterIP()).isEqualTo("None");

    at(Deployment.class, "pve-relay").delete();
    await("the Deployment comes back")
        .atMost(LIMIT)
        .until(() -> at(Deployment.class, "pve-relay").get() != null);
    at(Deployment.class, "pve-relay")
        .edit(
            deployment -> {
              deployment.getSpec().setReplicas(7);
              return deployment;
            });
    await("replicas are repaired")
        .atMost(LIMIT)
        .until(() -> at(Deployment.class, "pve-relay").get().getSpec().getReplicas() == 2);
  }

  @Test
  void theReportOfAVanishedPodIsRemoved() {
    readyHost();
    RelayStatus report =
        new RelayStatus(
            "gone",
            "key",
            "9.0",
            List.of(new RelayEndpointStatus("https://192.0.2.7:8006", null, null, null, null)));
    at(ProxmoxHost.class, "pve")
        .editStatus(
            host -> {
              ProxmoxHostStatus s = host.getStatus();
              host.setStatus(
                  new ProxmoxHostStatus(
                      s.observedGeneration(),
                      s.conditions(),
                      s.url(),
                      s.version(),
                      s.activeSessions(),
                      s.endpoints(),
                      List.of(report)));
              return host;
            });
    await("the report goes")
        .atMost(LIMIT)
        .until(
            () ->
                Optional.ofNullable(at(ProxmoxHost.class, "pve").get().getStatus().relays())
                    .orElse(List.of())
                    .isEmpty());
  }

  @Test
  void anIdleOperatorWritesNothingAndARestartChangesNothing() {
    readyHost();
    cluster.create(bare(Samples.session("one")));
    inState("one", SessionState.Ready);
    await("the host counts it")
        .atMost(LIMIT)
        .until(
            () ->
                Integer.valueOf(1)
                    .equals(at(ProxmoxHost.class, "pve").get().getStatus().activeSessions()));
    await("writes settle")
        .atMost(Duration.ofSeconds(30))
        .during(Duration.ofSeconds(2))
        .until(this::writesInASecond, writes -> writes == 0);

    List<String> before = cluster.writes();
    operator.stop();
    start();
    await("the restarted operator is quiet")
        .pollDelay(Duration.ofSeconds(3))
        .atMost(LIMIT)
        .until(() -> true);
    assertThat(cluster.writes()).isEqualTo(before);
  }

  private int writesInASecond() {
    int before = cluster.writes().size();
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    return cluster.writes().size() - before;
  }
}
