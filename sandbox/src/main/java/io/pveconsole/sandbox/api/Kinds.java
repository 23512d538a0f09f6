// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the kinds live that the sandbox handles without their Java model. */
public final class Kinds {

  /** Group and version of the project's own kinds. */
  public static final String API_VERSION = "pveconsole.io/v1alpha1";

  /** Which Proxmox cluster. */
  public static final ResourceDefinitionContext HOST =
      kind("pveconsole.io", "v1alpha1", "ProxmoxHost", "proxmoxhosts");

  /** Who may open which guest. */
  public static final ResourceDefinitionContext SESSION =
      kind("pveconsole.io", "v1alpha1", "ConsoleSession", "consolesessions");

  /** Internal: an accepted session, for the relay. */
  public static final ResourceDefinitionContext GRANT =
      kind("pveconsole.io", "v1alpha1", "ConsoleGrant", "consolegrants");

  /** Every namespaced kind that owns or is owned here. */
  public static final List<ResourceDefinitionContext> OWNED =
      List.of(
          HOST,
          SESSION,
          GRANT,
          kind("apps", "v1", "Deployment", "deployments"),
          kind("", "v1", "Pod", "pods"),
          kind("", "v1", "Secret", "secrets"),
          kind("", "v1", "ConfigMap", "configmaps"),
          kind("", "v1", "Service", "services"),
          kind("", "v1", "ServiceAccount", "serviceaccounts"),
          kind("rbac.authorization.k8s.io", "v1", "Role", "roles"),
          kind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
          kind("networking.k8s.io", "v1", "Ingress", "ingresses"),
          kind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
          kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
          kind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"));

  private Kinds() {}

  private static ResourceDefinitionContext kind(
      String group, String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  /** A string somewhere in an object; empty when a part of the path is absent. */
  public static Optional<String> text(GenericKubernetesResource object, String... path) {
    Object value = object.getAdditionalProperties();
    for (String field : path) {
      value = value instanceof Map<?, ?> map ? map.get(field) : null;
    }
    return Optional.ofNullable(value).map(Object::toString);
  }
}
