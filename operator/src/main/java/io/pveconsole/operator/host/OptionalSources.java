// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.OptionalApi;
import io.pveconsole.operator.host.relay.OwnedObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches objects of kinds that come and go with what is installed in the cluster. */
final class OptionalSources {

  private static final Logger LOG = LoggerFactory.getLogger(OptionalSources.class);

  private final List<OwnedObject<?>> objects;
  private final Set<OptionalApi> watched = EnumSet.noneOf(OptionalApi.class);

  OptionalSources(List<OwnedObject<?>> objects) {
    this.objects = objects.stream().filter(object -> object.needs().isPresent()).toList();
  }

  /**
   * Begins to watch what has come and stops to watch what has gone.
   *
   * @return the APIs that can be used now
   */
  synchronized Set<OptionalApi> adjust(Set<OptionalApi> served, Context<ProxmoxHost> context) {
    for (OwnedObject<?> object : objects) {
      OptionalApi api = object.needs().orElseThrow();
      if (served.contains(api) && !watched.contains(api)) {
        begin(object, api, context.eventSourceRetriever());
      } else if (!served.contains(api) && watched.remove(api)) {
        context.eventSourceRetriever().dynamicallyDeRegisterEventSource(name(object));
        LOG.atInfo().addKeyValue("kind", api.kind()).log("the cluster no longer serves a kind");
      }
    }
    return Set.copyOf(watched);
  }

  private void begin(
      OwnedObject<?> object, OptionalApi api, EventSourceRetriever<ProxmoxHost> retriever) {
    try {
      retriever.dynamicallyRegisterEventSource(
          HostEventSources.owned(
              object.type(), name(object), retriever.eventSourceContextForDynamicRegistration()));
      watched.add(api);
      LOG.atInfo().addKeyValue("kind", api.kind()).log("the cluster serves a kind now");
    } catch (OperatorException e) {
      LOG.atWarn().addKeyValue("kind", api.kind()).log("a kind cannot be watched");
      LOG.atDebug().setCause(e).log("why it cannot be watched");
      retriever.dynamicallyDeRegisterEventSource(name(object));
    }
  }

  private static String name(OwnedObject<?> object) {
    return "optional-" + object.type().getSimpleName();
  }
}
