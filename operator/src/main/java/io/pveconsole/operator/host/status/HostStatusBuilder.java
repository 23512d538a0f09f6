// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.operator.status.ConditionStatus;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operator's part of a host's status, from the facts of one pass. */
public final class HostStatusBuilder {

  private static final String READY = "Ready";

  private HostStatusBuilder() {}

  /** Without relays[]: those belong to the pods. */
  public static ProxmoxHostStatus build(HostFacts facts, Instant now) {
    ProxmoxHost host = facts.host();
    ProxmoxHostStatus before = host.getStatus();
    List<RelayStatus> relays = before == null ? null : before.relays();
    List<Finding> findings = new ArrayList<>();
    findings.add(RelayCondition.of(facts));
    findings.add(RouteCondition.of(host, facts.route()));
    findings.addAll(ReachConditions.of(relays));
    findings.add(ready(findings));
    findings.add(facts.admission());
    long generation = generation(host);
    return new ProxmoxHostStatus(
        generation,
        Conditions.merge(before == null ? null : before.conditions(), findings, generation, now),
        facts.route().conflict().isPresent() ? null : PublicAddress.of(host).orElse(null),
        version(relays),
        facts.activeSessions(),
        EndpointSummary.of(host, relays),
        null);
  }

  /** Ready is the first of the others that is not True, in the order of cause. */
  private static Finding ready(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.status() == ConditionStatus.False)
        .findFirst()
        .or(() -> findings.stream().filter(f -> f.status() == ConditionStatus.Unknown).findFirst())
        .map(cause -> new Finding(READY, cause.status(), cause.reason(), cause.message()))
        .orElseGet(() -> Finding.yes(READY, HostReason.Available, "Consoles can be opened."));
  }

  private static @Nullable String version(@Nullable List<RelayStatus> relays) {
    return relays == null
        ? null
        : relays.stream()
            .map(RelayStatus::proxmoxVersion)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private static long generation(ProxmoxHost host) {
    Long generation = host.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
