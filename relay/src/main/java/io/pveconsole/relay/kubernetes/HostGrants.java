// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.pveconsole.api.v1alpha1.ConsoleGrant;

/** Tells the grants of one host from those of others, whatever their labels say. */
record HostGrants(String hostName) {

  boolean has(ConsoleGrant grant) {
    return grant.getSpec() != null && hostName.equals(grant.getSpec().hostName());
  }
}
