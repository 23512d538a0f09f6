// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.operator.host.relay.OptionalApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of the kinds that a cluster may lack it serves now. By discovery, which everybody may ask:
 * reading CRDs needs a right in the whole cluster.
 */
final class ApiDiscovery {

  private static final Duration FRESH = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Clock clock;
  private Set<OptionalApi> last = Set.of();
  private Instant asked = Instant.MIN;

  ApiDiscovery(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  synchronized Set<OptionalApi> served() {
    Instant now = clock.instant();
    if (!now.isBefore(asked.plus(FRESH)) || asked.equals(Instant.MIN)) {
      last = ask();
      asked = now;
    }
    return last;
  }

  private Set<OptionalApi> ask() {
    Set<String> kinds = new HashSet<>();
    Arrays.stream(OptionalApi.values())
        .map(OptionalApi::groupVersion)
        .distinct()
        .forEach(groupVersion -> addKinds(groupVersion, kinds));
    Set<OptionalApi> served = EnumSet.noneOf(OptionalApi.class);
    for (OptionalApi api : OptionalApi.values()) {
      if (kinds.contains(api.groupVersion() + "/" + api.kind())) {
        served.add(api);
      }
    }
    return Set.copyOf(served);
  }

  private void addKinds(String groupVersion, Set<String> kinds) {
    APIResourceList found = client.getApiResources(groupVersion);
    if (found != null && found.getResources() != null) {
      found.getResources().forEach(r -> kinds.add(groupVersion + "/" + r.getKind()));
    }
  }
}
