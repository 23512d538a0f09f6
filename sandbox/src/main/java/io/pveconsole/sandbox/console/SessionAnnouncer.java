// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.console;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pveconsole.sandbox.api.Kinds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Prints the link of each session when it is ready, and why a session ended. */
public final class SessionAnnouncer
    implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {

  private final KubernetesClient client;
  private final Console console;
  private final Runnable firstLink;
  private final Set<String> announced = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  /**
   * Watches from now on.
   *
   * @param firstLink runs once, after the first link was printed
   */
  @SuppressWarnings("this-escape")
  public SessionAnnouncer(KubernetesClient client, Console console, Runnable firstLink) {
    this.client = client;
    this.console = console;
    this.firstLink = firstLink;
    this.informer = client.genericKubernetesResources(Kinds.SESSION).inAnyNamespace().inform(this);
  }

  @Override
  public void onAdd(GenericKubernetesResource session) {
    look(session);
  }

  @Override
  public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource session) {
    look(session);
  }

  @Override
  public void onDelete(GenericKubernetesResource session, boolean finalStateUnknown) {
    if (ended.add(session.getMetadata().getUid())) {
      console.say("Session " + name(session) + " was deleted.");
    }
  }

  private void look(GenericKubernetesResource session) {
    String uid = session.getMetadata().getUid();
    Optional<String> reason = Kinds.text(session, "status", "terminationReason");
    if (reason.isPresent()) {
      if (ended.add(uid)) {
        console.say("Session " + name(session) + " has ended: " + reason.get() + ".");
      }
    } else if (!announced.contains(uid)) {
      link(session).ifPresent(url -> announce(uid, url));
    }
  }

  private void announce(String uid, String url) {
    boolean first = announced.isEmpty();
    announced.add(uid);
    console.link(url);
    if (first) {
      firstLink.run();
    }
  }

  private Optional<String> link(GenericKubernetesResource session) {
    String state = Kinds.text(session, "status", "state").orElse("");
    Optional<String> secret = Kinds.text(session, "status", "accessSecretRef", "name");
    if (secret.isEmpty() || !state.equals("Ready")) {
      return Optional.empty();
    }
    Secret found =
        client
            .secrets()
            .inNamespace(session.getMetadata().getNamespace())
            .withName(secret.get())
            .get();
    return Optional.ofNullable(found)
        .map(Secret::getData)
        .map(data -> data.get("url"))
        .map(url -> new String(Base64.getDecoder().decode(url), StandardCharsets.UTF_8));
  }

  private static String name(GenericKubernetesResource session) {
    return session.getMetadata().getNamespace() + "/" + session.getMetadata().getName();
  }

  @Override
  public void close() {
    informer.close();
  }
}
