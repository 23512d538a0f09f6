// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.operator.events.EventRecorder;
import io.pveconsole.operator.host.certs.RelayCertificates;
import io.pveconsole.operator.host.keys.CookieKeySecret;
import io.pveconsole.operator.host.relay.RelayObjects;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What the reconciler of hosts works with.
 *
 * @param applier makes all objects
 */
public record HostParts(
    OwnedObjectApplier applier,
    ApiDiscovery discovery,
    OptionalSources optional,
    RelayCertificates certificates,
    CookieKeySecret keys,
    VanishedPods vanishedPods,
    AdmissionProbe admission,
    ActiveSessions sessions,
    SessionCount count,
    SessionsChanged sessionsChanged,
    EventRecorder events) {

  /** Wires them. */
  public static HostParts wire(
      KubernetesClient client,
      Clock clock,
      RandomGenerator random,
      ActiveSessions sessions,
      SessionsChanged sessionsChanged,
      EventRecorder events) {
    return new HostParts(
        new OwnedObjectApplier(RelayObjects.all()),
        new ApiDiscovery(client, clock),
        new OptionalSources(RelayObjects.all()),
        new RelayCertificates(client, clock, random),
        new CookieKeySecret(client, clock, random),
        new VanishedPods(client),
        new AdmissionProbe(client, clock),
        sessions,
        new SessionCount(clock),
        sessionsChanged,
        events);
  }
}
