// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;

/** Ports of a container, by name or number. */
final class ContainerPorts {

  private ContainerPorts() {}

  static int number(Container container, IntOrString port) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    for (ContainerPort declared : container.getPorts()) {
      if (port.getStrVal().equals(declared.getName())) {
        return declared.getContainerPort();
      }
    }
    throw new IllegalArgumentException("the container has no port " + port.getStrVal());
  }
}
