// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.pveconsole.api.v1alpha1.DoctorStep;
import org.jspecify.annotations.Nullable;

/** How far a relay gets to an endpoint, as three conditions in a row. */
enum ReachStep {
  Reachable,
  TLSTrusted,
  CredentialsValid;

  /** The condition that a failed step belongs to; null when the endpoint is well. */
  static @Nullable ReachStep failedAt(@Nullable DoctorStep step) {
    if (step == null) {
      return null;
    }
    return switch (step) {
      case dns, tcp -> Reachable;
      case tls -> TLSTrusted;
      case auth, privilege, guest, ticket, port, rfb -> CredentialsValid;
    };
  }
}
