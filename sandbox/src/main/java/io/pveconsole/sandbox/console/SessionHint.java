// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.console;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.sandbox.api.Kinds;
import java.util.function.Consumer;

/** Says how to ask for a console of a host that is ready and has no session. */
public final class SessionHint implements Consumer<GenericKubernetesResource> {

  private final KubernetesClient client;
  private final Console console;

  /** For one API. */
  public SessionHint(KubernetesClient client, Console console) {
    this.client = client;
    this.console = console;
  }

  @Override
  public void accept(GenericKubernetesResource host) {
    String name = host.getMetadata().getName();
    String namespace = host.getMetadata().getNamespace();
    boolean asked =
        client
            .genericKubernetesResources(Kinds.SESSION)
            .inNamespace(namespace)
            .list()
            .getItems()
            .stream()
            .anyMatch(
                session -> Kinds.text(session, "spec", "hostRef", "name").orElse("").equals(name));
    if (!asked) {
      console.say(text(namespace, name));
    }
  }

  private static String text(String namespace, String host) {
    return """
    Ask for a console of one of its guests: type  new VMID %2$s  or apply

      apiVersion: pveconsole.io/v1alpha1
      kind: ConsoleSession
      metadata: {name: first, namespace: %1$s}
      spec:
        hostRef: {name: %2$s}
        target: {vmid: 100}
    """
        .formatted(namespace, host);
  }
}
