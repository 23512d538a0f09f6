// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.api.v1alpha1.host.RelayEndpointStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.operator.status.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reachable, TLSTrusted and CredentialsValid, from what relays report. The host is as good as its
 * best endpoint; the list of endpoints says how each of them is.
 */
final class ReachConditions {

  private ReachConditions() {}

  static List<Finding> of(@Nullable List<RelayStatus> relays) {
    List<RelayEndpointStatus> reports = reports(relays);
    List<Finding> findings = new ArrayList<>();
    Optional<RelayEndpointStatus> stopped = best(reports);
    for (ReachStep step : ReachStep.values()) {
      findings.add(finding(step, reports, stopped));
    }
    return findings;
  }

  private static Finding finding(
      ReachStep step, List<RelayEndpointStatus> reports, Optional<RelayEndpointStatus> stopped) {
    if (reports.isEmpty()) {
      return Finding.unknown(step.name(), HostReason.NoReport, "No relay has reported yet.");
    }
    if (stopped.isEmpty()) {
      return Finding.yes(step.name(), HostReason.Verified, "A relay got through.");
    }
    RelayEndpointStatus report = stopped.get();
    ReachStep failed = ReachStep.failedAt(report.step());
    if (failed == step) {
      return Finding.no(step.name(), reason(report), message(report));
    }
    boolean passed =
        failed != null
            && step.compareTo(failed) < 0
            && reason(report) != HostReason.CredentialsMissing;
    return passed
        ? Finding.yes(step.name(), HostReason.Verified, "A relay got through.")
        : Finding.unknown(step.name(), HostReason.NotReached, "See the other conditions first.");
  }

  /** The failure of the endpoint that got furthest; empty when one is well. */
  private static Optional<RelayEndpointStatus> best(List<RelayEndpointStatus> reports) {
    RelayEndpointStatus best = null;
    for (RelayEndpointStatus report : reports) {
      if (report.step() == null) {
        return Optional.empty();
      }
      if (best == null || report.step().compareTo(best.step()) > 0) {
        best = report;
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<RelayEndpointStatus> reports(@Nullable List<RelayStatus> relays) {
    return relays == null
        ? List.of()
        : relays.stream()
            .filter(relay -> relay.endpoints() != null)
            .flatMap(relay -> relay.endpoints().stream())
            .toList();
  }

  private static HostReason reason(RelayEndpointStatus report) {
    return Arrays.stream(HostReason.values())
        .filter(reason -> reason.name().equals(report.reason()))
        .findFirst()
        .orElse(HostReason.RelayReport);
  }

  private static String message(RelayEndpointStatus report) {
    String text =
        report.message() == null ? "The relay says: " + report.reason() : report.message();
    return report.url() + ": " + text;
  }
}
