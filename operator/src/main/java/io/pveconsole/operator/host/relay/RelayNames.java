// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.pveconsole.api.v1alpha1.ProxmoxHost;

/** Names of the objects that belong to a host, and of what is in its pods. */
public final class RelayNames {

  /** Name of the relay container. */
  public static final String CONTAINER = "relay";

  static final String PUBLIC_PORT = "public";
  static final String MANAGEMENT_PORT = "management";
  static final int MANAGEMENT = 8081;
  static final String CREDENTIALS_DIR = "/etc/pveconsole/credentials";
  static final String CA_DIR = "/etc/pveconsole/ca";
  static final String KEYS_DIR = "/etc/pveconsole/keys";
  static final String TLS_DIR = "/etc/pveconsole/tls";
  static final String TMP_DIR = "/tmp";

  private RelayNames() {}

  /** The name of nearly all of them. */
  public static String relay(ProxmoxHost host) {
    return host.getMetadata().getName() + "-relay";
  }

  /** The Secret with the keys of cookies. */
  public static String keysSecret(ProxmoxHost host) {
    return relay(host) + "-keys";
  }

  /** The ConfigMap, and the Secret, of the operator's own CA. */
  public static String caConfigMap(ProxmoxHost host) {
    return relay(host) + "-ca";
  }

  /** Under which name other parts of the cluster meet the relays. */
  public static String serviceName(ProxmoxHost host) {
    return relay(host) + "." + host.getMetadata().getNamespace() + ".svc";
  }

  /** The Secret with the certificate that relays serve. */
  public static String servingSecret(ProxmoxHost host) {
    return relay(host) + "-tls";
  }

  static String publicCertificate(ProxmoxHost host) {
    return host.getMetadata().getName() + "-public-tls";
  }
}
