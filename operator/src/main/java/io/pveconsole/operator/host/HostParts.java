// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.events.EventRecorder;
import io.pveconsole.operator.host.keys.CookieKeySecret;
import io.pveconsole.operator.host.relay.RelayObjects;
import io.pveconsole.operator.host.relay.RelayObjects.Route;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the reconciler of hosts works with.
 *
 * @param routed makes all objects
 * @param unrouted makes all but the route, for a host whose address belongs to an older one
 */
public record HostParts(
    OwnedObjectApplier routed,
    OwnedObjectApplier unrouted,
    CookieKeySecret keys,
    VanishedPods vanishedPods,
    AdmissionProbe admission,
    ActiveSessions sessions,
    SessionCount count,
    SimpleInboundEventSource<ProxmoxHost> sessionsChanged,
    EventRecorder events) {

  /** Wires them. */
  public static HostParts wire(
      KubernetesClient client,
      Clock clock,
      RandomGenerator random,
      ActiveSessions sessions,
      SimpleInboundEventSource<ProxmoxHost> sessionsChanged,
      EventRecorder events) {
    return new HostParts(
        new OwnedObjectApplier(RelayObjects.all(Route.MAKE)),
        new OwnedObjectApplier(RelayObjects.all(Route.WITHDRAW)),
        new CookieKeySecret(client, clock, random),
        new VanishedPods(client),
        new AdmissionProbe(client, clock),
        sessions,
        new SessionCount(clock),
        sessionsChanged,
        events);
  }

  OwnedObjectApplier applier(boolean withRoute) {
    return withRoute ? routed : unrouted;
  }
}
