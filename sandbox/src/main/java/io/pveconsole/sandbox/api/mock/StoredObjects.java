// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudPersistence;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single objects in Fabric8's store; a save tells the watchers. */
final class StoredObjects {

  private final KubernetesCrudPersistence store;
  private final ObjectMapper json = new ObjectMapper();
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  StoredObjects(KubernetesCrudPersistence store) {
    this.store = store;
  }

  boolean exists(ApiPath path) {
    return find(path) != null;
  }

  ObjectNode get(ApiPath path) throws JsonProcessingException {
    Map.Entry<AttributeSet, String> found = find(path);
    if (found == null) {
      throw ApiError.notFound(path);
    }
    return (ObjectNode) json.readTree(found.getValue());
  }

  /**
   * Stores what differs from {@code current} and nothing otherwise: an equal write keeps the
   * resourceVersion. An object marked for deletion goes with its last finalizer.
   */
  ObjectNode save(ApiPath path, ObjectNode current, ObjectNode next)
      throws JsonProcessingException {
    if (next.equals(current)) {
      return current;
    }
    ObjectNode metadata = next.withObject("/metadata");
    if (ObjectUpdate.changesSpec(current, next)) {
      metadata.put("generation", metadata.path("generation").asLong(1) + 1);
    }
    metadata.put("resourceVersion", Long.toString(store.requestResourceVersion()));
    boolean gone = metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty();
    Map.Entry<AttributeSet, String> found = find(path);
    if (found == null) {
      throw ApiError.notFound(path);
    }
    GenericKubernetesResource resource =
        gone ? null : serialization.convertValue(next, GenericKubernetesResource.class);
    String text = gone ? null : json.writeValueAsString(next);
    store.processEvent(path.object(), store.getKey(path.object()), found.getKey(), resource, text);
    return next;
  }

  private Map.@Nullable Entry<AttributeSet, String> find(ApiPath path) {
    return store.findResource(store.getKey(path.object()));
  }
}
