// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Which rules of the relays' NetworkPolicy let more through than they must, and the cure. */
public final class WideRules {

  private WideRules() {}

  /** One sentence part for each; empty when all are narrow. */
  public static List<String> of(RelayPlan plan) {
    var spec = plan.host().getSpec();
    var network = spec.relay().networkPolicy();
    List<String> wide = new ArrayList<>();
    if (network == null || network.ingressFrom() == null || network.ingressFrom().isEmpty()) {
      wide.add("in from any address (relay.networkPolicy.ingressFrom)");
    }
    boolean narrowed =
        network != null && network.egressCIDRs() != null && !network.egressCIDRs().isEmpty();
    boolean named =
        spec.endpoints().stream()
            .map(endpoint -> URI.create(endpoint.url()).getHost())
            .anyMatch(host -> host == null || !EndpointPeers.isAddress(host));
    if (named && !narrowed) {
      wide.add("out to any address on the endpoints' ports (relay.networkPolicy.egressCIDRs)");
    }
    if (plan.defaults().apiServerCidrs().isEmpty()) {
      wide.add(
          "out to any address on 443 and 6443 for the API server (the chart's"
              + " relay.apiServerCIDRs)");
    }
    return wide;
  }
}
