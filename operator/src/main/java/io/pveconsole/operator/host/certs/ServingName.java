// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.certs;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.relay.PublicName;
import io.pveconsole.operator.host.relay.RelayNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;

/** A name, or an IP address, that a serving certificate must carry. */
record ServingName(String text, boolean isAddress) {

  /** How the rest of the cluster, and a browser without a route between, meet the relays. */
  static Set<ServingName> of(ProxmoxHost host) {
    String service = RelayNames.serviceName(host);
    Set<ServingName> names = new LinkedHashSet<>();
    names.add(dns(RelayNames.relay(host)));
    names.add(dns(RelayNames.relay(host) + "." + host.getMetadata().getNamespace()));
    names.add(dns(service));
    names.add(dns(service + ".cluster.local"));
    PublicName.of(host.getSpec().exposure()).map(ServingName::visible).ifPresent(names::add);
    return names;
  }

  /** Addresses as certificates are read back: in full. */
  private static ServingName visible(PublicName name) {
    if (!name.isAddress()) {
      return dns(name.text());
    }
    try {
      String literal = name.text().contains(":") ? "[" + name.text() + "]" : name.text();
      return new ServingName(InetAddress.getByName(literal).getHostAddress(), true);
    } catch (UnknownHostException e) {
      return dns(name.text());
    }
  }

  private static ServingName dns(String text) {
    return new ServingName(text, false);
  }
}
