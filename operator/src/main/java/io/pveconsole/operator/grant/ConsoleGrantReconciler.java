// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.grant;

import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.operator.cache.Caches;
import io.pveconsole.operator.session.HostKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes grants whose session is gone. Sessions have no finalizer and may live in another
 * namespace, where garbage collection does not reach; the relay closes when its grant vanishes.
 */
public final class ConsoleGrantReconciler implements Reconciler<ConsoleGrant> {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleGrantReconciler.class);

  private final Consumer<ResourceID> hostChanged;
  private final Caches caches;

  /**
   * Works alone.
   *
   * @param hostChanged is told the host whenever a grant of it was deleted
   */
  public ConsoleGrantReconciler(Consumer<ResourceID> hostChanged, Caches caches) {
    this.hostChanged = hostChanged;
    this.caches = caches;
  }

  @Override
  public List<EventSource<?, ConsoleGrant>> prepareEventSources(
      EventSourceContext<ConsoleGrant> context) {
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ConsoleSession.class, ConsoleGrant.class)
                .withNamespacesInheritedFromController()
                .withItemStore(caches.sessionIdentities())
                .withOnUpdateFilter((now, before) -> false)
                .withSecondaryToPrimaryMapper(ConsoleGrantReconciler::grantOf)
                .<ConsoleGrant>withPrimaryToSecondaryMapper(
                    grant -> Set.of(sessionOf(grant.getSpec().session())))
                .build(),
            context));
  }

  @Override
  public UpdateControl<ConsoleGrant> reconcile(ConsoleGrant grant, Context<ConsoleGrant> context) {
    GrantSession wanted = grant.getSpec().session();
    boolean lives =
        context.getSecondaryResource(ConsoleSession.class).filter(s -> is(s, wanted)).isPresent()
            || live(wanted, context).filter(session -> is(session, wanted)).isPresent();
    if (!lives) {
      context
          .getClient()
          .resources(ConsoleGrant.class)
          .inNamespace(grant.getMetadata().getNamespace())
          .withName(grant.getMetadata().getName())
          .delete();
      hostChanged.accept(
          new ResourceID(grant.getSpec().hostName(), grant.getMetadata().getNamespace()));
      LOG.atInfo()
          .addKeyValue("namespace", wanted.namespace())
          .addKeyValue("session", wanted.name())
          .addKeyValue("host", grant.getSpec().hostName())
          .log("ended the grant of a deleted session");
    }
    return UpdateControl.noUpdate();
  }

  /** The cache may be late: what is not in it is asked for before anything is deleted. */
  private static Optional<ConsoleSession> live(
      GrantSession session, Context<ConsoleGrant> context) {
    return Optional.ofNullable(
        context
            .getClient()
            .resources(ConsoleSession.class)
            .inNamespace(session.namespace())
            .withName(session.name())
            .get());
  }

  private static boolean is(ConsoleSession session, GrantSession wanted) {
    return session.getMetadata().getUid().equals(wanted.uid());
  }

  private static Set<ResourceID> grantOf(ConsoleSession session) {
    return Set.of(new ResourceID(session.getMetadata().getUid(), HostKey.of(session).namespace()));
  }

  private static ResourceID sessionOf(GrantSession session) {
    return new ResourceID(session.name(), session.namespace());
  }
}
