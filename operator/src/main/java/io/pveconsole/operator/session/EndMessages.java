// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.TerminationReason;

/** What the condition says of an end: what happened, and what to do. */
final class EndMessages {

  private EndMessages() {}

  static String of(TerminationReason reason) {
    return switch (reason) {
      case Refused -> "The session was refused.";
      case LinkExpired -> "Nobody opened the link in time. Make a new session.";
      case LinkReused -> "The link was opened a second time. Make a new session.";
      case Expired -> "Its time was up. Make a new session, or ask for a longer one.";
      case IdleTimeout -> "Nobody typed or moved the mouse for too long. Make a new session.";
      case Revoked -> "The session was revoked.";
      case ClosedByUser -> "Its holder ended it.";
      case TargetStopped -> "The guest stayed switched off. Start it and make a new session.";
      case TargetChanged -> "Another guest has this number now. Check it and make a new session.";
      case HostDeleted -> "The ProxmoxHost was deleted.";
      case RelayLost -> "No relay of the ProxmoxHost was available for five minutes.";
      case PolicyChanged -> "The ProxmoxHost no longer allows this session.";
      case Failed -> "The session failed; see the operator's and the relay's logs.";
    };
  }
}
