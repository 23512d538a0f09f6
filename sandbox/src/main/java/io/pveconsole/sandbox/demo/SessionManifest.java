// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.pveconsole.sandbox.api.Kinds;
import java.util.Map;
import java.util.UUID;

/** ConsoleSessions as a person would write them. */
public final class SessionManifest {

  private SessionManifest() {}

  /** A session under this name, asked for by the user of this machine. */
  public static GenericKubernetesResource named(
      String namespace, String name, String host, int vmid) {
    GenericKubernetesResource session = new GenericKubernetesResource();
    session.setApiVersion(Kinds.API_VERSION);
    session.setKind("ConsoleSession");
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setAdditionalProperty(
        "spec",
        Map.of(
            "hostRef", Map.of("name", host),
            "target", Map.of("vmid", vmid),
            "requestedBy", System.getProperty("user.name", "sandbox")));
    return session;
  }

  /** A session under a name of its own. */
  public static GenericKubernetesResource unique(String namespace, String host, int vmid) {
    String suffix = UUID.randomUUID().toString().substring(0, 4);
    return named(namespace, host + "-" + vmid + "-" + suffix, host, vmid);
  }
}
