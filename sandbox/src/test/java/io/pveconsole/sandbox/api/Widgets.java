// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/** ProxmoxHosts written by hand, to try what an API does with writes. */
public record Widgets(KubernetesClient client) {

  private static final ResourceDefinitionContext HOSTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("pveconsole.io")
          .withVersion("v1alpha1")
          .withKind("ProxmoxHost")
          .withPlural("proxmoxhosts")
          .withNamespaced(true)
          .build();

  public static GenericKubernetesResource host(String name, Map<String, Object> spec) {
    GenericKubernetesResource host = new GenericKubernetesResource();
    host.setApiVersion("pveconsole.io/v1alpha1");
    host.setKind("ProxmoxHost");
    host.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("default").build());
    if (!spec.isEmpty()) {
      host.setAdditionalProperty("spec", spec);
    }
    return host;
  }

  public static GenericKubernetesResource report(String name, Object relays) {
    GenericKubernetesResource host = host(name, Map.of());
    host.setAdditionalProperty("status", Map.of("relays", relays));
    return host;
  }

  public Resource<GenericKubernetesResource> resource(GenericKubernetesResource host) {
    return client.genericKubernetesResources(HOSTS).inNamespace("default").resource(host);
  }

  public Resource<GenericKubernetesResource> named(String name) {
    return client.genericKubernetesResources(HOSTS).inNamespace("default").withName(name);
  }

  public List<GenericKubernetesResource> withField(String field, String value) {
    return client
        .genericKubernetesResources(HOSTS)
        .inNamespace("default")
        .withField(field, value)
        .list()
        .getItems();
  }

  public GenericKubernetesResource create(String name, Map<String, Object> spec) {
    return resource(host(name, spec)).create();
  }

  public GenericKubernetesResource apply(String manager, String name, Map<String, Object> spec) {
    return resource(host(name, spec)).patch(applyAs(manager));
  }

  public GenericKubernetesResource report(String manager, String name, Object relays) {
    return resource(report(name, relays)).subresource("status").patch(applyAs(manager));
  }

  public GenericKubernetesResource patch(String name, PatchType type, String body) {
    return named(name).patch(PatchContext.of(type), body);
  }

  public static PatchContext applyAs(String manager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(manager)
        .withForce(true)
        .build();
  }

  public static Object at(GenericKubernetesResource host, Object... path) {
    return host.get(path);
  }
}
