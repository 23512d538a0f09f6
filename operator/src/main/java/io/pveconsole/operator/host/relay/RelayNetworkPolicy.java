// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may talk to relays, and to whom they may: DNS, the API server (by port, since its address
 * behind the Service depends on the network plug-in), and the endpoints of Proxmox.
 */
final class RelayNetworkPolicy implements OwnedObject<NetworkPolicy> {

  @Override
  public Class<NetworkPolicy> type() {
    return NetworkPolicy.class;
  }

  @Override
  public Optional<NetworkPolicy> desired(RelayPlan plan) {
    return Optional.of(
        new NetworkPolicyBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name(plan.host())))
            .withNewSpec()
            .withNewPodSelector()
            .withMatchLabels(RelayMetadata.selector(plan.host()))
            .endPodSelector()
            .withPolicyTypes("Ingress", "Egress")
            .withIngress(ingress(plan))
            .withEgress(egress(plan))
            .endSpec()
            .build());
  }

  private static List<NetworkPolicyIngressRule> ingress(RelayPlan plan) {
    var network = plan.host().getSpec().relay().networkPolicy();
    var console = new NetworkPolicyIngressRuleBuilder().withPorts(port("TCP", plan.publicPort()));
    if (network != null && network.ingressFrom() != null) {
      console.withFrom(network.ingressFrom());
    }
    return List.of(
        console.build(),
        new NetworkPolicyIngressRuleBuilder()
            .withPorts(port("TCP", RelayNames.MANAGEMENT))
            .build());
  }

  private static List<NetworkPolicyEgressRule> egress(RelayPlan plan) {
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    rules.add(rule(port("UDP", 53), port("TCP", 53)));
    rules.add(apiServer(plan));
    for (EndpointPeers peers : EndpointPeers.of(plan.host().getSpec())) {
      rules.add(
          new NetworkPolicyEgressRuleBuilder()
              .withTo(peers.peers())
              .withPorts(port("TCP", peers.port()))
              .build());
    }
    return rules;
  }

  private static NetworkPolicyEgressRule apiServer(RelayPlan plan) {
    return rule(port("TCP", 443), port("TCP", 6443))
        .edit()
        .withTo(
            plan.defaults().apiServerCidrs().stream()
                .map(
                    cidr ->
                        new NetworkPolicyPeerBuilder()
                            .withNewIpBlock()
                            .withCidr(cidr)
                            .endIpBlock()
                            .build())
                .toList())
        .build();
  }

  private static NetworkPolicyEgressRule rule(NetworkPolicyPort... ports) {
    return new NetworkPolicyEgressRuleBuilder().withPorts(ports).build();
  }

  private static NetworkPolicyPort port(String protocol, int port) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(port))
        .build();
  }
}
