// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantEnded;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.grant.GuestIdentity;
import io.pveconsole.api.v1alpha1.grant.Redemption;
import org.jspecify.annotations.Nullable;

/**
 * A change of a grant's status: null leaves a field as it is.
 *
 * @param withoutViewer takes the viewer away
 */
public record StatusPatch(
    @Nullable Redemption redemption,
    @Nullable GrantViewer viewer,
    boolean withoutViewer,
    @Nullable GuestIdentity target,
    @Nullable Doctor doctor,
    @Nullable GrantEnded ended) {

  /** The link was used. */
  public static StatusPatch redeemed(Redemption redemption) {
    return new StatusPatch(redemption, null, false, null, null, null);
  }

  /** A viewer is there. */
  public static StatusPatch viewed(GrantViewer viewer) {
    return new StatusPatch(null, viewer, false, null, null, null);
  }

  /** No viewer is there. */
  public static StatusPatch unviewed() {
    return new StatusPatch(null, null, true, null, null, null);
  }

  /** What was found on the way to the guest. */
  public static StatusPatch found(@Nullable GuestIdentity target, @Nullable Doctor doctor) {
    return new StatusPatch(null, null, false, target, doctor, null);
  }

  /** The session is over. */
  public static StatusPatch over(GrantEnded ended) {
    return new StatusPatch(null, null, true, null, null, ended);
  }

  /** The status after the change. */
  public ConsoleGrantStatus applyTo(ConsoleGrantStatus status) {
    return new ConsoleGrantStatus(
        redemption == null ? status.redemption() : redemption,
        withoutViewer ? null : viewer == null ? status.viewer() : viewer,
        target == null ? status.target() : target,
        doctor == null ? status.doctor() : doctor,
        ended == null ? status.ended() : ended);
  }
}
