// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.host.RelayStatus;

/** One relay's entry of its host's status, as it is applied. */
record HostReportJson(String namespace, String name) {

  String of(RelayStatus status) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("apiVersion", Api.GROUP + "/" + Api.VERSION);
    root.put("kind", "ProxmoxHost");
    root.putObject("metadata").put("name", name).put("namespace", namespace);
    root.putObject("status").putArray("relays").add(KindJson.tree(status));
    return root.toString();
  }
}
