// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.status.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A namespace with hosts and sessions; the admin plays people, relays and controllers. */
final class Team {

  /** Generous: many builds may share the machine. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private final KubernetesClient admin;
  private final KubernetesClient relays;
  private final String namespace;

  Team(RealCluster cluster) {
    this.admin = cluster.admin();
    this.relays = cluster.relays();
    this.namespace = cluster.namespace();
  }

  String namespace() {
    return namespace;
  }

  <T extends HasMetadata> Resource<T> at(Class<T> type, String name) {
    return admin.resources(type).inNamespace(namespace).withName(name);
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    NonNamespaceOperation<T, ?, Resource<T>> kind = admin.resources(type).inNamespace(namespace);
    return kind.resources().map(Resource::get).filter(found -> found != null).toList();
  }

  static void until(String what, Callable<Boolean> holds) {
    await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(holds);
  }

  /** Applies a host with that spec, given as YAML, beside endpoints and credentials. */
  void host(String name, String spec) {
    String yaml =
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ProxmoxHost
        metadata: {name: %s, namespace: %s}
        spec:
          endpoints: [{url: "https://192.0.2.7:8006"}]
          credentials: {secretRef: {name: pve}}
        """
            .formatted(name, namespace);
    ProxmoxHost host = Serialization.unmarshal(yaml + spec.indent(2), ProxmoxHost.class);
    admin.resource(host).fieldManager("test").forceConflicts().serverSideApply();
  }

  /** A host with relays that are there. */
  void readyHost(String name, String spec) {
    host(
        name,
        "exposure: {publicUrl: \"https://%s-%s.example.com\"}\n".formatted(name, namespace) + spec);
    until("the Deployment of " + name, () -> at(Deployment.class, name + "-relay").get() != null);
    relays(name, 1);
    until("relays of " + name, () -> is(name, "RelayAvailable", "True"));
  }

  /** Says, as a controller does, that so many relays are available. */
  void relays(String host, int available) {
    at(Deployment.class, host + "-relay")
        .editStatus(
            deployment -> {
              deployment.setStatus(
                  new DeploymentStatusBuilder()
                      .withObservedGeneration(deployment.getMetadata().getGeneration())
                      .withReplicas(available)
                      .withReadyReplicas(available)
                      .withAvailableReplicas(available)
                      .build());
              return deployment;
            });
  }

  Optional<Condition> condition(String host, String type) {
    return Optional.ofNullable(at(ProxmoxHost.class, host).get().getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), type));
  }

  boolean is(String host, String type, String status) {
    return condition(host, type).filter(c -> c.status().equals(status)).isPresent();
  }

  boolean says(String host, String type, String reason) {
    return condition(host, type).filter(c -> c.reason().equals(reason)).isPresent();
  }

  void session(String name, String host, String more) {
    String yaml =
        """
        apiVersion: pveconsole.io/v1alpha1
        kind: ConsoleSession
        metadata: {name: %s, namespace: %s}
        spec:
          hostRef: {name: %s}
          target: {vmid: 101}
        """
            .formatted(name, namespace, host);
    admin.resource(Serialization.unmarshal(yaml + more.indent(2), ConsoleSession.class)).create();
  }

  ConsoleSession inState(String name, SessionState state) {
    until(name + " is " + state, () -> state(name).filter(s -> s == state).isPresent());
    return at(ConsoleSession.class, name).get();
  }

  Optional<SessionState> state(String name) {
    return Optional.ofNullable(at(ConsoleSession.class, name).get())
        .flatMap(session -> Optional.ofNullable(session.getStatus()))
        .flatMap(status -> Optional.ofNullable(status.state()));
  }

  ConsoleGrant grant(ConsoleSession session) {
    return at(ConsoleGrant.class, session.getMetadata().getUid()).get();
  }

  /** Writes the status of an object by JSON patch, in place of a relay. */
  void relaySays(Class<? extends HasMetadata> type, String name, String patch) {
    relays
        .resources(type)
        .inNamespace(namespace)
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON), patch);
  }

  /** Says that somebody has opened the console at that pod. */
  void opened(ConsoleSession session, String pod) {
    relaySays(
        ConsoleGrant.class,
        session.getMetadata().getUid(),
        """
        [{"op":"add","path":"/status","value":{
          "redemption":{"nonceSha256":"%s","time":"2026-03-01T12:00:00Z"},
          "viewer":{"id":"v1","relayPod":"%s","connectedTime":"2026-03-01T12:00:00Z"}}}]
        """
            .formatted("ab".repeat(32), pod));
  }

  void change(String session, String mergePatch) {
    at(ConsoleSession.class, session).patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
  }

  /** Leaves nothing behind that an operator of another test would care for at its time. */
  void leave() {
    admin.resources(ConsoleSession.class).inNamespace(namespace).delete();
    admin.resources(ConsoleGrant.class).inNamespace(namespace).delete();
    admin.resources(ProxmoxHost.class).inNamespace(namespace).delete();
  }
}
