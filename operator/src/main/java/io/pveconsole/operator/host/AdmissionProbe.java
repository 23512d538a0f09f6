// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.operator.status.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the cluster's admission policies of the chart are there, asked once a minute at most. */
final class AdmissionProbe {

  static final String TYPE = "AdmissionEnforced";
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final Clock clock;
  private @Nullable Finding last;
  private Instant asked = Instant.MIN;

  AdmissionProbe(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  synchronized Finding finding() {
    Instant now = clock.instant();
    Finding known = last;
    if (known != null && now.isBefore(asked.plus(FRESH))) {
      return known;
    }
    Finding found = ask();
    last = found;
    asked = now;
    return found;
  }

  private Finding ask() {
    try {
      var api = client.admissionRegistration().v1();
      List<String> missing =
          AdmissionPolicies.missing(
              api.validatingAdmissionPolicies().list().getItems(),
              api.validatingAdmissionPolicyBindings().list().getItems());
      return missing.isEmpty()
          ? Finding.yes(TYPE, HostReason.PoliciesInstalled, "requestedBy is who asked.")
          : Finding.no(
              TYPE,
              HostReason.PoliciesAbsent,
              "requestedBy is only claimed, since these ValidatingAdmissionPolicies are absent or"
                  + " not bound everywhere to deny: "
                  + String.join(", ", missing)
                  + ". Have a cluster admin install those of the chart.");
    } catch (KubernetesClientException e) {
      return Finding.unknown(
          TYPE,
          HostReason.PoliciesUnknown,
          "The operator may not read admission policies; requestedBy is taken as claimed.");
    }
  }
}
