// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.proxmox.FailureReason;

/** Why a browser's socket is closed. Codes 4000 to 4099 are final, the page does not come back. */
public enum CloseCode {
  DONE(1000),
  RELAY_BUSY(1013),
  REVOKED(4001),
  EXPIRED(4002),
  IDLE(4003),
  CLOSED_BY_USER(4004),
  TAKEN_OVER(4005),
  POLICY_CHANGED(4006),
  TARGET_CHANGED(4007),
  HOST_DELETED(4008),
  PROTOCOL_ERROR(4009),
  LINK_REUSED(4010),
  GUEST_BUSY(4011),
  UPSTREAM_LOST(4101),
  TARGET_STOPPED(4102),
  SLOW_VIEWER(4103),
  CONTROL_PLANE_LOST(4104),
  RELAY_RESTARTING(4112);

  private final int code;

  CloseCode(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The code for a session that is over. */
  public static CloseCode of(TerminationReason reason) {
    return switch (reason) {
      case Expired, LinkExpired -> EXPIRED;
      case IdleTimeout -> IDLE;
      case ClosedByUser -> CLOSED_BY_USER;
      case TargetChanged -> TARGET_CHANGED;
      case HostDeleted -> HOST_DELETED;
      case PolicyChanged -> POLICY_CHANGED;
      case LinkReused -> LINK_REUSED;
      case Revoked, Refused, TargetStopped, RelayLost, Failed -> REVOKED;
    };
  }

  /** The code for a guest that was not reached or was lost. */
  static CloseCode of(FailureReason reason) {
    return reason == FailureReason.TargetStopped ? TARGET_STOPPED : UPSTREAM_LOST;
  }
}
