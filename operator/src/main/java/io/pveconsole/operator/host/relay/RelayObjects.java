// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import java.util.List;

/** All objects of a host, in the order in which they are made. */
public final class RelayObjects {

  private RelayObjects() {}

  /** New instances; they have no state. */
  public static List<OwnedObject<?>> all() {
    return List.of(
        new RelayServiceAccount(),
        new RelayRole(),
        new RelayRoleBinding(),
        new RelayNetworkPolicy(),
        new RelayDisruptionBudget(),
        new RelayCa(),
        new RelayService(),
        new RelayDeployment(),
        new RelayAutoscaler(),
        new RelayCertificate(),
        new RelayBackendTls(),
        new RelayIngress(),
        new RelayHttpRoute());
  }
}
