// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.rfb.ClientPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What a grant allows at the moment. */
public record Policy(
    boolean viewOnly, ClipboardPolicy clipboard, Duration idleTimeout, Instant expires) {

  /** The policy of a version of a grant. */
  public static Policy of(Grant grant) {
    return new Policy(
        Boolean.TRUE.equals(grant.spec().viewOnly()),
        Objects.requireNonNullElse(grant.spec().clipboard(), ClipboardPolicy.Both),
        Duration.ofSeconds(grant.spec().idleTimeoutSeconds()),
        grant.expires());
  }

  ClientPolicy forClient() {
    return new ClientPolicy(
        viewOnly,
        clipboard == ClipboardPolicy.Both || clipboard == ClipboardPolicy.ToGuest,
        clipboard == ClipboardPolicy.Both || clipboard == ClipboardPolicy.FromGuest);
  }
}
