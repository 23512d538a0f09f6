// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The addresses behind one port of the endpoints, as a NetworkPolicy can say it. */
record EndpointPeers(int port, List<NetworkPolicyPeer> peers) {

  private static final int HTTPS = 443;
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  static List<EndpointPeers> of(ProxmoxHostSpec spec) {
    Map<Integer, Set<String>> hosts = new TreeMap<>();
    for (HostEndpoint endpoint : spec.endpoints()) {
      URI url = URI.create(endpoint.url());
      int port = url.getPort() < 0 ? HTTPS : url.getPort();
      hosts
          .computeIfAbsent(port, p -> new LinkedHashSet<>())
          .add(url.getHost() == null ? "" : url.getHost());
    }
    List<EndpointPeers> all = new ArrayList<>();
    hosts.forEach((port, names) -> all.add(new EndpointPeers(port, peers(names, spec))));
    return all;
  }

  /** Whether the host of a URL is an IP address. */
  static boolean isAddress(String host) {
    return host.startsWith("[") || IPV4.matcher(host).matches();
  }

  private static List<NetworkPolicyPeer> peers(Set<String> hosts, ProxmoxHostSpec spec) {
    List<NetworkPolicyPeer> peers = new ArrayList<>();
    boolean named = false;
    for (String host : hosts) {
      if (IPV4.matcher(host).matches()) {
        peers.add(block(host + "/32"));
      } else if (host.startsWith("[")) {
        peers.add(block(host.substring(1, host.length() - 1) + "/128"));
      } else {
        named = true;
      }
    }
    if (named) {
      peers.addAll(named(spec));
    }
    return peers;
  }

  /** A policy cannot hold names: the given networks, else any address but link-local ones. */
  private static List<NetworkPolicyPeer> named(ProxmoxHostSpec spec) {
    var network = spec.relay().networkPolicy();
    if (network != null && network.egressCIDRs() != null && !network.egressCIDRs().isEmpty()) {
      return network.egressCIDRs().stream().map(EndpointPeers::block).toList();
    }
    return List.of(block("0.0.0.0/0", "169.254.0.0/16"), block("::/0", "fe80::/10"));
  }

  private static NetworkPolicyPeer block(String cidr, String... except) {
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(cidr)
        .withExcept(except)
        .endIpBlock()
        .build();
  }
}
