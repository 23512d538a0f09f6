// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pveconsole.sandbox.api.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes objects whose owners are gone, as the garbage collector of controller-manager does: right
 * after a deletion of an owner, and every few seconds for those that came too late.
 */
public final class OrphanCollector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanCollector.class);
  private static final int REST_SECONDS = 10;
  private static final Set<String> OWNERS =
      Set.of("ProxmoxHost", "ConsoleSession", "ConsoleGrant", "Deployment");

  private final KubernetesClient client;
  private final Semaphore deletions = new Semaphore(0);
  private final List<SharedIndexInformer<GenericKubernetesResource>> owners = new ArrayList<>();
  private final Thread thread;
  private volatile boolean ending;

  private OrphanCollector(KubernetesClient client) {
    this.client = client;
    this.thread = new Thread(this::work, "orphan-collector");
  }

  /** Starts it. */
  public static OrphanCollector start(KubernetesClient client) {
    OrphanCollector collector = new OrphanCollector(client);
    for (ResourceDefinitionContext kind : Kinds.OWNED) {
      if (OWNERS.contains(kind.getKind())) {
        collector.owners.add(
            client
                .genericKubernetesResources(kind)
                .inAnyNamespace()
                .inform(new Notify<>(() -> {}, gone -> collector.deletions.release())));
      }
    }
    collector.deletions.release();
    collector.thread.start();
    return collector;
  }

  private void work() {
    try {
      while (!ending) {
        if (deletions.tryAcquire(REST_SECONDS, TimeUnit.SECONDS)) {
          deletions.drainPermits();
        }
        if (!ending && sweep() > 0) {
          deletions.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One pass over all kinds; returns how many objects it deleted. */
  int sweep() {
    try {
      List<OwnedObject> all = OwnedObject.all(client);
      Set<String> alive =
          all.stream()
              .filter(object -> !object.waitsForDependents())
              .map(OwnedObject::uid)
              .collect(Collectors.toSet());
      int deleted = 0;
      for (OwnedObject object : all) {
        if (isOrphan(object, alive) && object.delete(client)) {
          deleted++;
        }
      }
      all.stream()
          .filter(OwnedObject::waitsForDependents)
          .filter(owner -> all.stream().noneMatch(object -> object.isOwnedBy(owner.uid())))
          .forEach(owner -> owner.release(client));
      return deleted;
    } catch (KubernetesClientException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Orphans were not collected");
      return 0;
    }
  }

  private boolean isOrphan(OwnedObject object, Set<String> alive) {
    return !object.owners().isEmpty()
        && !object.object().isMarkedForDeletion()
        && object.owners().stream()
            .allMatch(owner -> !alive.contains(owner.getUid()) && isGone(object, owner));
  }

  /** Asks again: the owner may be younger than the lists, or of a kind not collected here. */
  private boolean isGone(OwnedObject object, OwnerReference owner) {
    return Kinds.OWNED.stream()
        .filter(kind -> kind.getKind().equals(owner.getKind()))
        .findFirst()
        .map(
            kind ->
                client
                    .genericKubernetesResources(kind)
                    .inNamespace(object.object().getMetadata().getNamespace())
                    .withName(owner.getName()))
        .map(
            asked -> {
              GenericKubernetesResource found = asked.get();
              return found == null
                  || !owner.getUid().equals(found.getMetadata().getUid())
                  || found.isMarkedForDeletion();
            })
        .orElse(false);
  }

  @Override
  public void close() {
    ending = true;
    deletions.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    owners.forEach(SharedIndexInformer::close);
  }
}
