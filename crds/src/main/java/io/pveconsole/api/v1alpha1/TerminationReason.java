// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** Why a session is over. */
public enum TerminationReason {
  /** It was never accepted; the condition Accepted says why. */
  Refused,

  /** The link was not opened in time. */
  LinkExpired,

  /** The link was opened a second time, and the host ends sessions on that. */
  LinkReused,

  /** Its time was up. */
  Expired,

  /** Nobody typed or moved the mouse for too long. */
  IdleTimeout,

  /** Somebody set spec.revoked, or deleted the session. */
  Revoked,

  /** The holder ended it on the page. */
  ClosedByUser,

  /** The guest stayed switched off. */
  TargetStopped,

  /** Another guest has the number now. */
  TargetChanged,

  /** The ProxmoxHost is gone. */
  HostDeleted,

  /** No relay was there for too long. */
  RelayLost,

  /** The host's policy no longer allows it. */
  PolicyChanged,

  /** Something else; the message says what. */
  Failed
}
