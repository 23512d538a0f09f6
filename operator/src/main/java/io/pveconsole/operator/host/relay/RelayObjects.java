// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import java.util.List;

/** All objects of a host, in the order in which they are made. */
public final class RelayObjects {

  /** What becomes of the route. */
  public enum Route {
    /** It is made where the host asks for one. */
    MAKE,
    /** It is deleted: the address belongs to somebody else. */
    WITHDRAW
  }

  private RelayObjects() {}

  /** New instances; they have no state. */
  public static List<OwnedObject<?>> all(Route route) {
    return List.of(
        new RelayServiceAccount(),
        new RelayRole(),
        new RelayRoleBinding(),
        new RelayNetworkPolicy(),
        new RelayDisruptionBudget(),
        new RelayService(),
        new RelayDeployment(),
        new RelayIngress(route == Route.MAKE));
  }
}
