// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionSpec;
import java.time.Instant;
import java.util.Optional;

/** What a session gets: what it asks for, within what its host allows. */
record EffectivePolicy(
    Instant expiration,
    Instant maxExpiration,
    int idleTimeoutSeconds,
    boolean viewOnly,
    ClipboardPolicy clipboard) {

  static EffectivePolicy of(ConsoleSessionSpec asked, ProxmoxHost host, Instant start) {
    SessionPolicy policy = host.getSpec().sessionPolicy();
    int duration =
        Optional.ofNullable(asked.durationSeconds()).orElse(policy.defaultDurationSeconds());
    int idle =
        Optional.ofNullable(asked.idleTimeoutSeconds()).orElse(policy.defaultIdleTimeoutSeconds());
    return new EffectivePolicy(
        start.plusSeconds(Math.min(duration, policy.maxDurationSeconds())),
        start.plusSeconds(policy.maxDurationSeconds()),
        Math.min(idle, policy.maxIdleTimeoutSeconds()),
        policy.viewOnly() || asked.viewOnly(),
        both(policy.clipboard(), asked.clipboard()));
  }

  private static ClipboardPolicy both(ClipboardPolicy one, ClipboardPolicy other) {
    boolean to = toGuest(one) && toGuest(other);
    boolean from = fromGuest(one) && fromGuest(other);
    if (to) {
      return from ? ClipboardPolicy.Both : ClipboardPolicy.ToGuest;
    }
    return from ? ClipboardPolicy.FromGuest : ClipboardPolicy.None;
  }

  private static boolean toGuest(ClipboardPolicy policy) {
    return policy == ClipboardPolicy.Both || policy == ClipboardPolicy.ToGuest;
  }

  private static boolean fromGuest(ClipboardPolicy policy) {
    return policy == ClipboardPolicy.Both || policy == ClipboardPolicy.FromGuest;
  }
}
