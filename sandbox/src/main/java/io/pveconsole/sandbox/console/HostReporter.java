// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.console;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pveconsole.sandbox.api.Kinds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Prints what is wrong with a host as it appears, and when a host is ready. */
public final class HostReporter
    implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {

  private static final Set<String> WORTH_TELLING =
      Set.of("Reachable", "TLSTrusted", "CredentialsValid", "RouteReady");

  private final Console console;
  private final Consumer<GenericKubernetesResource> seen;
  private final Map<String, String> told = new HashMap<>();
  private final Consumer<GenericKubernetesResource> ready;
  private final Set<String> toldReady = new HashSet<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  /**
   * Watches from now on.
   *
   * @param seen is given every host as it appears or changes
   * @param ready is given every host when it is ready for the first time
   */
  @SuppressWarnings("this-escape")
  public HostReporter(
      KubernetesClient client,
      Console console,
      Consumer<GenericKubernetesResource> seen,
      Consumer<GenericKubernetesResource> ready) {
    this.console = console;
    this.seen = seen;
    this.ready = ready;
    this.informer = client.genericKubernetesResources(Kinds.HOST).inAnyNamespace().inform(this);
  }

  @Override
  public void onAdd(GenericKubernetesResource host) {
    seen.accept(host);
    report(host);
  }

  @Override
  public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource host) {
    seen.accept(host);
    report(host);
  }

  @Override
  public void onDelete(GenericKubernetesResource host, boolean finalStateUnknown) {
    toldReady.remove(name(host));
    told.keySet().removeIf(key -> key.startsWith(name(host) + " "));
  }

  private void report(GenericKubernetesResource host) {
    if (host.get("status", "conditions") instanceof List<?> conditions) {
      for (Object condition : conditions) {
        if (condition instanceof Map<?, ?> map) {
          report(host, map);
        }
      }
    }
  }

  private void report(GenericKubernetesResource host, Map<?, ?> condition) {
    String type = String.valueOf(condition.get("type"));
    String status = String.valueOf(condition.get("status"));
    if (type.equals("Ready") && status.equals("True") && toldReady.add(name(host))) {
      String url = Kinds.text(host, "status", "url").orElse("");
      console.progress("ProxmoxHost " + name(host) + " is ready: " + url);
      ready.accept(host);
    }
    String key = name(host) + " " + type;
    if (!WORTH_TELLING.contains(type) || !status.equals("False")) {
      told.remove(key);
      return;
    }
    String text = condition.get("reason") + ": " + condition.get("message");
    if (!Objects.equals(told.put(key, text), text)) {
      console.say("ProxmoxHost " + name(host) + ", " + type + " is False, " + text);
    }
  }

  private static String name(GenericKubernetesResource host) {
    return host.getMetadata().getNamespace() + "/" + host.getMetadata().getName();
  }

  @Override
  public void close() {
    informer.close();
  }
}
