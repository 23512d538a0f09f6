// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

/** Kinds that a cluster may lack, and may get later. */
public enum OptionalApi {
  /** Routes of the Gateway API. */
  HTTP_ROUTE("gateway.networking.k8s.io/v1", "HTTPRoute"),
  /** How a Gateway trusts relays that serve TLS themselves. */
  BACKEND_TLS_POLICY("gateway.networking.k8s.io/v1", "BackendTLSPolicy"),
  /** Certificates of cert-manager. */
  CERTIFICATE("cert-manager.io/v1", "Certificate");

  private final String groupVersion;
  private final String kind;

  OptionalApi(String groupVersion, String kind) {
    this.groupVersion = groupVersion;
    this.kind = kind;
  }

  /** Group and version, as discovery names them. */
  public String groupVersion() {
    return groupVersion;
  }

  /** The kind. */
  public String kind() {
    return kind;
  }
}
