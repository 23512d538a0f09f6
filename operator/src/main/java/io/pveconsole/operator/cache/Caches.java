// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import java.util.List;
import java.util.Map;

/**
 * Stores of informers that keep of each object what is read from it. Who wrote which field takes
 * most of the room of an object, and nobody asks for it.
 */
public final class Caches {

  private Caches() {}

  /** Without the book on who wrote what, and without annotations. */
  public static <T extends HasMetadata> ItemStore<T> lean() {
    return new TransformingItemStore<>(Caches::lean);
  }

  /** Sessions of which only name, uid and host matter. */
  public static ItemStore<ConsoleSession> sessionIdentities() {
    return new TransformingItemStore<>(
        session -> {
          session.setStatus(null);
          return lean(session);
        });
  }

  /** Grants of which only the session and the host matter. */
  public static ItemStore<ConsoleGrant> grantIdentities() {
    return new TransformingItemStore<>(
        grant -> {
          grant.setStatus(null);
          return lean(grant);
        });
  }

  private static <T extends HasMetadata> T lean(T object) {
    ObjectMeta metadata = object.getMetadata();
    metadata.setManagedFields(List.of());
    metadata.setAnnotations(Map.of());
    return object;
  }
}
