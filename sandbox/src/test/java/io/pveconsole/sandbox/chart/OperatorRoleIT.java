// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's account on a real API server: what it can do, and what it cannot. */
@ExtendWith(OnInstalledChart.class)
class OperatorRoleIT {

  private final String namespace;
  private final KubernetesClient operator;

  OperatorRoleIT(InstalledChart chart) {
    namespace = chart.namespace();
    operator = chart.account(AccountRequest.unbound(Rendered.NAMESPACE, "pveconsole-operator"));
  }

  @Test
  void asksForSecretsByNameOnly() {
    operator
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("s-access")
                .withNamespace(namespace)
                .endMetadata()
                .withType("pveconsole.io/access")
                .build())
        .create();
    assertThat(operator.secrets().inNamespace(namespace).withName("s-access").get()).isNotNull();
    assertForbidden(() -> operator.secrets().inNamespace(namespace).list());
    assertForbidden(() -> operator.secrets().inAnyNamespace().list());
    operator.secrets().inNamespace(namespace).withName("s-access").delete();
  }

  @Test
  void listsItsKindsInAllNamespaces() {
    assertThat(operator.genericKubernetesResources(Kinds.HOST).inAnyNamespace().list()).isNotNull();
    assertThat(operator.genericKubernetesResources(Kinds.SESSION).inAnyNamespace().list())
        .isNotNull();
    assertThat(operator.genericKubernetesResources(Kinds.GRANT).inAnyNamespace().list())
        .isNotNull();
    assertThat(operator.namespaces().withName(namespace).get()).isNotNull();
    assertThat(
            operator.admissionRegistration().v1().validatingAdmissionPolicies().list().getItems())
        .anyMatch(policy -> policy.getMetadata().getName().equals("pveconsole-status"));
  }

  @Test
  void givesRelaysTheirRoleAndNothingMore() {
    operator.resource(relayRole("pve7-relay").build()).create();
    Role greedy =
        relayRole("greedy")
            .addNewRule()
            .withApiGroups("")
            .withResources("secrets")
            .withVerbs("list")
            .endRule()
            .build();
    assertForbidden(() -> operator.resource(greedy).create());
  }

  @Test
  void makesGrantsAndDeletesSessions() {
    InstalledChart.kind(operator, Kinds.GRANT, namespace)
        .resource(Yaml.grant("0b6cf2f1-1a5e-4a43-9a52-d3a3b6d0c7f1", "pve7"))
        .create();
    assertForbidden(
        () ->
            InstalledChart.kind(operator, Kinds.SESSION, namespace)
                .resource(Yaml.session("s", "pve7", 101))
                .create());
    assertForbidden(
        () ->
            InstalledChart.kind(operator, Kinds.HOST, namespace)
                .resource(Yaml.host("pve7"))
                .create());
  }

  @Test
  void holdsItsLeaseInItsOwnNamespaceOnly() {
    operator.resource(lease(Rendered.NAMESPACE)).create();
    assertForbidden(() -> operator.resource(lease(namespace)).create());
  }

  @Test
  void cannotTouchOtherThings() {
    assertForbidden(() -> operator.nodes().list());
    assertForbidden(() -> operator.pods().inNamespace(namespace).withName("x").delete());
    assertForbidden(() -> operator.apiextensions().v1().customResourceDefinitions().list());
    operator
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("pve7-relay-ca")
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
  }

  private RoleBuilder relayRole(String name) {
    return new RoleBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .addNewRule()
        .withApiGroups("pveconsole.io")
        .withResources("proxmoxhosts")
        .withResourceNames("pve7")
        .withVerbs("get", "list", "watch")
        .endRule()
        .addNewRule()
        .withApiGroups("pveconsole.io")
        .withResources("proxmoxhosts/status")
        .withResourceNames("pve7")
        .withVerbs("patch")
        .endRule()
        .addNewRule()
        .withApiGroups("pveconsole.io")
        .withResources("consolegrants")
        .withVerbs("get", "list", "watch")
        .endRule()
        .addNewRule()
        .withApiGroups("pveconsole.io")
        .withResources("consolegrants/status")
        .withVerbs("patch")
        .endRule();
  }

  private static Lease lease(String namespace) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName("pveconsole-operator")
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  private static void assertForbidden(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }
}
