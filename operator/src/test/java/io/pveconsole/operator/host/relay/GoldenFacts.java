// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a golden scenario says beside its host: all may be left out. */
record GoldenFacts(
    @JsonProperty("addressTaken") boolean addressTaken,
    @JsonProperty("apiServerCidrs") List<String> apiServerCidrs,
    @JsonProperty("deployment") Deployment deployment) {

  static GoldenFacts of(Path scenario) throws IOException {
    Path file = scenario.resolve("in-facts.yaml");
    return Files.exists(file)
        ? Serialization.unmarshal(Files.readString(file), GoldenFacts.class)
        : new GoldenFacts(false, null, null);
  }

  RelayPlan plan(ProxmoxHost host) {
    boolean own = ServingTls.of(host) instanceof ServingTls.Own;
    return new RelayPlan(
        host,
        new RelayDefaults(
            "registry.example.com/relay:1", apiServerCidrs == null ? List.of() : apiServerCidrs),
        new RelayFacts(
            Set.of(OptionalApi.values()),
            Optional.ofNullable(deployment),
            own ? Optional.of("the CA\n") : Optional.empty(),
            !addressTaken));
  }
}
