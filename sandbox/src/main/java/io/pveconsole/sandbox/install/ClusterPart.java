// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.install;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the rendered chart a sandbox installs: everything but the operator's own pods, which run
 * as a process here.
 */
public record ClusterPart(List<HasMetadata> rendered) {

  /** Kinds and accounts, which every API understands. */
  public List<HasMetadata> basics() {
    return rendered.stream()
        .filter(
            object ->
                object instanceof CustomResourceDefinition || object instanceof ServiceAccount)
        .toList();
  }

  /** Roles and policies, which only a real API server enforces. */
  public List<HasMetadata> rules() {
    return rendered.stream().filter(ClusterPart::isRule).toList();
  }

  /** Whether a policy writes into new sessions who asks for them. */
  boolean stampsSessions() {
    return rendered.stream().anyMatch(o -> o.getKind().equals("MutatingAdmissionPolicy"));
  }

  private static boolean isRule(HasMetadata object) {
    return object instanceof Role
        || object instanceof RoleBinding
        || object instanceof ClusterRole
        || object instanceof ClusterRoleBinding
        || object.getApiVersion().startsWith("admissionregistration.k8s.io/");
  }

  /** The operator's account. */
  public AccountRequest operatorAccount() {
    return rendered.stream()
        .filter(ServiceAccount.class::isInstance)
        .findFirst()
        .map(HasMetadata::getMetadata)
        .map(account -> AccountRequest.unbound(account.getNamespace(), account.getName()))
        .orElseThrow(
            () ->
                new SandboxException(
                    "The chart has no ServiceAccount for the operator.",
                    "Restore helm/pveconsole."));
  }

  /** The variables with plain values that the chart gives to the operator. */
  public Map<String, String> operatorEnvironment() {
    Map<String, String> environment = new LinkedHashMap<>();
    rendered.stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .flatMap(operator -> operator.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> variable.getValue() != null)
        .forEach((EnvVar variable) -> environment.put(variable.getName(), variable.getValue()));
    return environment;
  }
}
