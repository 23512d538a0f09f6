// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

/** Hosts of tests on a cluster, as a person writes them. */
final class KubeHosts {

  private KubeHosts() {}

  /** Behind an Ingress, with a certificate by cert-manager. */
  static String host(
      String namespace, String name, String publicName, int relays, PodSimulator simulator) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %1$s-token, namespace: %2$s}
    stringData: {tokenId: "%3$s", tokenSecret: "%4$s"}
    ---
    apiVersion: pveconsole.io/v1alpha1
    kind: ProxmoxHost
    metadata: {name: %1$s, namespace: %2$s}
    spec:
      endpoints:
      - {url: "https://pve.proxmox.svc.cluster.local:8006"}
      - {url: "https://pve.proxmox.svc.cluster.local:8007"}
      credentials: {secretRef: {name: %1$s-token}}
      tls: {fingerprints: ["%5$s"]}
      exposure:
        type: Ingress
        hostname: %6$s
        ingress: {className: traefik}
        tls: {issuerRef: {name: local-ca, kind: ClusterIssuer}}
      sessionPolicy: {maxIdleTimeoutSeconds: 3600, defaultIdleTimeoutSeconds: 3600}
      relay: {replicas: %7$d, drainSeconds: 5}
    """
        .formatted(
            name,
            namespace,
            PodSimulator.TOKEN_ID,
            PodSimulator.TOKEN_SECRET,
            String.join("\", \"", simulator.fingerprints()),
            publicName,
            relays);
  }
}
