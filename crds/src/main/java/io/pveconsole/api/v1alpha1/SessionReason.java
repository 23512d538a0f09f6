// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** The reasons in conditions and events of a ConsoleSession; each TerminationReason is one too. */
public enum SessionReason {
  /** All checks passed. */
  Accepted,
  /** The ProxmoxHost does not exist yet. */
  HostNotFound,
  /** The host has no address or no relay yet. */
  HostNotReady,
  /** The host is suspended. */
  HostSuspended,
  /** The host's limit of sessions is reached. */
  QuotaExceeded,
  /** The requester's limit of sessions is reached. */
  UserQuotaExceeded,
  /** A Secret of the derived name exists and belongs to something else. */
  SecretNameTaken,
  /** The host does not take sessions from this namespace. */
  NamespaceNotAllowed,
  /** The operator does not watch the namespace of the host. */
  NamespacesNotWatched,
  /** The host does not allow this guest. */
  TargetNotAllowed,
  /** The host does not allow this kind of console. */
  ConsoleNotAllowed,
  /** The host wants spec.reason. */
  ReasonRequired,
  /** The host wants spec.accessTokenSha256. */
  RequesterHashRequired,
  /** It lasts longer, or shorter, than before; an event only. */
  Extended,
  /** The link can be opened. */
  LinkReady,
  /** The link was opened; its holder may come back. */
  LinkUsed,
  /** Not accepted yet. */
  Pending,
  /** No relay of the host is available. */
  RelayUnavailable,
  /** Nobody opened it yet. */
  NotOpened,
  /** Somebody looks at the console. */
  ViewerConnected,
  /** It was opened, and nobody looks now. */
  Disconnected,
  /** The relay did not get through to the guest; the message says where it stopped. */
  ConnectionFailed,
  /** It is not over. */
  Active,
  /** It is over. */
  Finished,
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
  /** The guest is switched off. */
  TargetStopped,
  /** Another guest has the number now. */
  TargetChanged,
  /** The ProxmoxHost is gone. */
  HostDeleted,
  /** No relay is there. */
  RelayLost,
  /** The host's policy no longer allows it. */
  PolicyChanged,
  /** Something else; the message says what. */
  Failed
}
