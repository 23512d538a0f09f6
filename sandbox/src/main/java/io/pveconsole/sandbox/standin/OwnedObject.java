// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.pveconsole.sandbox.api.Kinds;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/** An object with its kind, which the items of a list do not carry. */
record OwnedObject(ResourceDefinitionContext kind, GenericKubernetesResource object) {

  private static final String FOREGROUND = "foregroundDeletion";

  /** Every object of the kinds that own or are owned. */
  static List<OwnedObject> all(KubernetesClient client) {
    List<OwnedObject> all = new ArrayList<>();
    for (ResourceDefinitionContext kind : Kinds.OWNED) {
      client
          .genericKubernetesResources(kind)
          .inAnyNamespace()
          .list()
          .getItems()
          .forEach(object -> all.add(new OwnedObject(kind, object)));
    }
    return all;
  }

  String uid() {
    return object.getMetadata().getUid();
  }

  List<OwnerReference> owners() {
    return object.getMetadata().getOwnerReferences();
  }

  boolean isOwnedBy(String owner) {
    return owners().stream().anyMatch(reference -> owner.equals(reference.getUid()));
  }

  /** Whether it waits for the deletion of what it owns. */
  boolean waitsForDependents() {
    return object.isMarkedForDeletion() && object.getFinalizers().contains(FOREGROUND);
  }

  /** Deletes it as it was seen; false when it has changed since. */
  boolean delete(KubernetesClient client) {
    try {
      client
          .genericKubernetesResources(kind)
          .inNamespace(object.getMetadata().getNamespace())
          .withName(object.getMetadata().getName())
          .lockResourceVersion(object.getMetadata().getResourceVersion())
          .delete();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /** Lets it go after its dependents. */
  void release(KubernetesClient client) {
    client
        .genericKubernetesResources(kind)
        .inNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName())
        .edit(
            seen -> {
              seen.getMetadata().getFinalizers().remove(FOREGROUND);
              return seen;
            });
  }
}
