// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import java.util.List;

/**
 * What the operator's own settings say of all relays.
 *
 * @param image image of relays whose host names none
 * @param apiServerCidrs networks of the API server; empty means it may have any address
 */
public record RelayDefaults(String image, List<String> apiServerCidrs) {

  /** Takes a defensive copy. */
  public RelayDefaults {
    apiServerCidrs = List.copyOf(apiServerCidrs);
  }
}
