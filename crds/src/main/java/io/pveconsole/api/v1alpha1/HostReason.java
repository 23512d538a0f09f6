// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** The reasons in conditions and events of a ProxmoxHost. */
public enum HostReason {
  /** All is well. */
  Available,
  /** The route was made. */
  Applied,
  /** Nothing is made, publicUrl says where it is served. */
  NotManaged,
  /** Relay pods are starting, or none is ready. */
  RelayUnavailable,
  /** Relays cannot use the certificate that they are given; the message says why. */
  CertificateUnusable,
  /** spec.suspend is true. */
  Suspended,
  /** An object with a name that belongs to this host exists and is not its own. */
  NameTaken,
  /** Another host has this public address, or in another namespace one above or below it. */
  HostnameConflict,
  /** Neither publicUrl nor hostname is given. */
  NoPublicUrl,
  /** The cluster does not serve HTTPRoute. */
  GatewayApiAbsent,
  /** The cluster does not serve BackendTLSPolicy, which backendTls with HTTPRoute needs. */
  BackendTLSUnsupported,
  /** The cluster does not serve cert-manager's Certificate, which an issuer needs. */
  CertManagerAbsent,
  /** cert-manager has not made the certificate. */
  CertificateNotReady,
  /** The HTTPRoute was made, and no Gateway has answered. */
  RoutePending,
  /** The Gateway does not take the HTTPRoute; the message says why. */
  RouteNotAccepted,
  /** A Gateway has taken the HTTPRoute. */
  Accepted,
  /** Relays have a new certificate of the operator's own; an event only. */
  CertificateIssued,
  /** All is well, but browsers that meet the relays' own certificate warn. */
  SelfSignedCertificate,
  /** No relay has reported yet. */
  NoReport,
  /** An earlier step failed, so this one is not known. */
  NotReached,
  /** A relay got through. */
  Verified,
  /** The name of the endpoint is not known to DNS. */
  NameNotFound,
  /** The endpoint does not answer. */
  Unreachable,
  /** The endpoint took too long. */
  TimedOut,
  /** The certificate of Proxmox is not trusted. */
  CertificateUntrusted,
  /** The TLS handshake failed for another reason. */
  TlsRefused,
  /** What answers is not Proxmox VE. */
  NotProxmox,
  /** The Secret, or a key of it, is missing. */
  CredentialsMissing,
  /** Proxmox refused the login. */
  LoginRefused,
  /** The account wants a second factor, which relays cannot give: use an API token. */
  SecondFactorNeeded,
  /** The account lacks a privilege. */
  MissingPrivilege,
  /** Proxmox answered with an error. */
  ProxmoxError,
  /** The relay gave a reason of its own; the message says it. */
  RelayReport,
  /** The admission policies are installed. */
  PoliciesInstalled,
  /** The admission policies are not installed: requestedBy is only claimed. */
  PoliciesAbsent,
  /** The operator may not look whether the policies are installed. */
  PoliciesUnknown
}
