// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Utils;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.Kinds;
import java.util.Map;

/** Applies objects, server-side, as one field manager. */
public final class Applier {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("pveconsole-sandbox")
          .withForce(true)
          .build();

  private static final Map<String, ResourceDefinitionContext> OWN =
      Map.of("ProxmoxHost", Kinds.HOST, "ConsoleSession", Kinds.SESSION);

  private final KubernetesClient client;
  private final HostExposure exposure;

  /** With the rules for hosts. */
  public Applier(KubernetesClient client, HostExposure exposure) {
    this.client = client;
    this.exposure = exposure;
  }

  /** Applies one object; a host is completed first. */
  public void apply(HasMetadata object) {
    try {
      if (object instanceof GenericKubernetesResource generic
          && Kinds.API_VERSION.equals(generic.getApiVersion())) {
        own(generic).patch(APPLY);
      } else if (object instanceof GenericKubernetesResource other) {
        client.resource(other).patch(APPLY);
      } else {
        client.resource(inNamespace(object)).patch(APPLY);
      }
    } catch (KubernetesClientException e) {
      throw new SandboxException(
          object.getKind() + " " + object.getMetadata().getName() + " was refused: " + cause(e),
          "Correct the manifest; kubectl explain " + object.getKind() + " describes its fields.",
          e);
    }
  }

  /** Gives an address to a host that someone else has created. */
  public void complete(GenericKubernetesResource host) {
    client
        .genericKubernetesResources(Kinds.HOST)
        .inNamespace(host.getMetadata().getNamespace())
        .resource(exposure.addition(host))
        .patch(APPLY);
  }

  private Resource<GenericKubernetesResource> own(GenericKubernetesResource object) {
    ResourceDefinitionContext kind = OWN.get(String.valueOf(object.getKind()));
    if (kind == null) {
      throw new SandboxException(
          object.getKind() + " is not a kind that people write.",
          "Write ProxmoxHost and ConsoleSession.");
    }
    inNamespace(object);
    GenericKubernetesResource complete =
        object.getKind().equals("ProxmoxHost") ? exposure.completed(object) : object;
    return client
        .genericKubernetesResources(kind)
        .inNamespace(object.getMetadata().getNamespace())
        .resource(complete);
  }

  private static HasMetadata inNamespace(HasMetadata object) {
    boolean lacks = Utils.isResourceNamespaced(object.getClass());
    if (lacks && object.getMetadata().getNamespace() == null) {
      object.getMetadata().setNamespace("default");
    }
    return object;
  }

  private static String cause(KubernetesClientException e) {
    String told = e.getStatus() == null ? null : e.getStatus().getMessage();
    return told == null ? String.valueOf(e.getMessage()) : told;
  }
}
