// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores of informers that keep of each object what is read from it. Who wrote which field takes
 * most of the room of an object, and nobody asks for it. The framework gives one store to the
 * informers of all namespaces, each of which deletes from it what it does not find in its own; so
 * with several namespaces there is none, and objects are kept whole.
 */
public final class Caches {

  private final boolean one;

  /** For an operator that watches these namespaces; none means all. */
  public Caches(Set<String> namespaces) {
    one = namespaces.size() <= 1;
  }

  /** Without the book on who wrote what, and without annotations. */
  public <T extends HasMetadata> @Nullable ItemStore<T> lean() {
    return one ? new TransformingItemStore<>(Caches::lean) : null;
  }

  /** Sessions of which only name, uid and host matter. */
  public @Nullable ItemStore<ConsoleSession> sessionIdentities() {
    return one ? new TransformingItemStore<>(Caches::identity) : null;
  }

  /** Grants of which only the session and the host matter. */
  public @Nullable ItemStore<ConsoleGrant> grantIdentities() {
    return one ? new TransformingItemStore<>(Caches::identity) : null;
  }

  private static <T extends CustomResource<?, ?>> T identity(T object) {
    object.setStatus(null);
    return lean(object);
  }

  private static <T extends HasMetadata> T lean(T object) {
    ObjectMeta metadata = object.getMetadata();
    metadata.setManagedFields(List.of());
    metadata.setAnnotations(Map.of());
    return object;
  }
}
