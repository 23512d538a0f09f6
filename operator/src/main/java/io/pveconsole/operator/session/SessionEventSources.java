// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.cache.Caches;
import io.pveconsole.operator.status.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes a session beside itself: its grant, its host and its namespace. */
final class SessionEventSources {

  private SessionEventSources() {}

  static List<EventSource<?, ConsoleSession>> of(
      EventSourceContext<ConsoleSession> context, SessionIndex index, Caches caches) {
    List<EventSource<?, ConsoleSession>> sources = new ArrayList<>();
    sources.add(grants(context, caches));
    sources.add(hosts(context, index));
    if (context.getControllerConfiguration().getInformerConfig().watchAllNamespaces()) {
      sources.add(namespaces(context, index, caches));
    }
    return sources;
  }

  /** A namespace that loses the label by which a host selects it loses its open sessions. */
  private static EventSource<Namespace, ConsoleSession> namespaces(
      EventSourceContext<ConsoleSession> context, SessionIndex index, Caches caches) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, ConsoleSession.class)
            .withItemStore(caches.lean())
            .withOnAddFilter(namespace -> false)
            .withOnUpdateFilter(
                (now, before) ->
                    !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels()))
            .withSecondaryToPrimaryMapper(
                namespace -> ids(index.in(namespace.getMetadata().getName())))
            .<ConsoleSession>withPrimaryToSecondaryMapper(
                session -> Set.of(new ResourceID(session.getMetadata().getNamespace())))
            .build(),
        context);
  }

  private static Set<ResourceID> ids(List<ConsoleSession> sessions) {
    return sessions.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static EventSource<ConsoleGrant, ConsoleSession> grants(
      EventSourceContext<ConsoleSession> context, Caches caches) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConsoleGrant.class, ConsoleSession.class)
            .withItemStore(caches.lean())
            .withNamespacesInheritedFromController()
            // The pass that made it knows it; before a relay has seen it there is no news in it.
            .withOnAddFilter(grant -> grant.getStatus() != null)
            .withOnUpdateFilter(
                (now, before) ->
                    !Objects.equals(now.getStatus(), before.getStatus())
                        || !Objects.equals(now.getSpec(), before.getSpec()))
            .withSecondaryToPrimaryMapper(SessionEventSources::sessionOf)
            .<ConsoleSession>withPrimaryToSecondaryMapper(
                session ->
                    Set.of(
                        new ResourceID(
                            session.getMetadata().getUid(), HostKey.of(session).namespace())))
            .build(),
        context);
  }

  private static Set<ResourceID> sessionOf(ConsoleGrant grant) {
    var session = grant.getSpec().session();
    return Set.of(new ResourceID(session.name(), session.namespace()));
  }

  private static EventSource<ProxmoxHost, ConsoleSession> hosts(
      EventSourceContext<ConsoleSession> context, SessionIndex index) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ProxmoxHost.class, ConsoleSession.class)
            .withNamespacesInheritedFromController()
            .withOnUpdateFilter(SessionEventSources::hostMatters)
            .withSecondaryToPrimaryMapper(host -> ids(index.of(HostKey.of(host))))
            .<ConsoleSession>withPrimaryToSecondaryMapper(
                session -> Set.of(HostKey.of(session).id()))
            .build(),
        context);
  }

  private static boolean hostMatters(ProxmoxHost now, ProxmoxHost before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp())
        || !Objects.equals(url(now), url(before))
        || relayAvailable(now) != relayAvailable(before);
  }

  private static String url(ProxmoxHost host) {
    return host.getStatus() == null ? "" : Objects.requireNonNullElse(host.getStatus().url(), "");
  }

  private static boolean relayAvailable(ProxmoxHost host) {
    return host.getStatus() != null
        && Conditions.isTrue(host.getStatus().conditions(), OpenStatus.RELAY_AVAILABLE);
  }
}
