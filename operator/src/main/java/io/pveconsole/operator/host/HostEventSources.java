// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.OwnedObject;
import io.pveconsole.operator.host.relay.RelayMetadata;
import io.pveconsole.operator.host.relay.RelayObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Watches what the operator made for hosts, by label, and the relay pods. */
final class HostEventSources {

  private static final String MINE = RelayMetadata.MANAGED_BY + "=" + RelayMetadata.PVECONSOLE;

  private HostEventSources() {}

  static List<EventSource<?, ProxmoxHost>> of(EventSourceContext<ProxmoxHost> context) {
    List<EventSource<?, ProxmoxHost>> sources = new ArrayList<>();
    for (OwnedObject<?> object : RelayObjects.all()) {
      if (object.needs().isEmpty()) {
        sources.add(owned(object.type(), object.type().getSimpleName(), context));
      }
    }
    sources.add(source(Pod.class, "Pod", HostEventSources::hostOfPod, context));
    return sources;
  }

  static <T extends HasMetadata> EventSource<T, ProxmoxHost> owned(
      Class<T> type, String name, EventSourceContext<ProxmoxHost> context) {
    return source(type, name, Mappers.fromOwnerReferences(ProxmoxHost.class), context);
  }

  private static <T extends HasMetadata> EventSource<T, ProxmoxHost> source(
      Class<T> type,
      String name,
      SecondaryToPrimaryMapper<T> mapper,
      EventSourceContext<ProxmoxHost> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, ProxmoxHost.class)
            .withName(name)
            .withLabelSelector(MINE)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(mapper)
            .build(),
        context);
  }

  private static Set<ResourceID> hostOfPod(Pod pod) {
    String host = pod.getMetadata().getLabels().get(Api.HOST_LABEL);
    return host == null ? Set.of() : Set.of(new ResourceID(host, pod.getMetadata().getNamespace()));
  }
}
