// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.console;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.demo.SessionManifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small commands typed into the sandbox, for where there is no kubectl. */
public final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final String NAMESPACE = "default";
  private static final String HELP =
      """
      hosts             lists the Proxmox hosts
      sessions          lists the sessions
      new VMID [HOST]   asks for a console of a guest (host: demo)
      revoke NAME       ends a session: its console closes
      end NAME          deletes a session
      quit              ends the sandbox\
      """;

  private final KubernetesClient client;
  private final Console console;
  private final Runnable quit;

  /**
   * Of the default namespace.
   *
   * @param quit ends the sandbox
   */
  public Commands(KubernetesClient client, Console console, Runnable quit) {
    this.client = client;
    this.console = console;
    this.quit = quit;
  }

  /** Reads and runs commands until the input ends. */
  public void readFrom(BufferedReader input) {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        if (!line.isBlank()) {
          run(line);
        }
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("No more commands");
    }
  }

  /** Runs one command. */
  public void run(String line) {
    List<String> words = List.of(line.strip().split("\\s+", -1));
    try {
      switch (words.get(0) + "/" + words.size()) {
        case "hosts/1" -> hosts();
        case "sessions/1" -> sessions();
        case "new/2" -> create(words.get(1), "demo");
        case "new/3" -> create(words.get(1), words.get(2));
        case "revoke/2" -> revoke(words.get(1));
        case "end/2" -> end(words.get(1));
        case "quit/1", "exit/1" -> quit.run();
        default -> console.say(HELP);
      }
    } catch (KubernetesClientException e) {
      console.say("The API refused: " + e.getMessage());
    }
  }

  private void hosts() {
    for (GenericKubernetesResource host :
        client.genericKubernetesResources(Kinds.HOST).inAnyNamespace().list().getItems()) {
      console.say(
          "%s/%s  %s"
              .formatted(
                  host.getMetadata().getNamespace(),
                  host.getMetadata().getName(),
                  Kinds.text(host, "status", "url").orElse("(not ready)")));
    }
  }

  private void sessions() {
    for (GenericKubernetesResource session :
        client.genericKubernetesResources(Kinds.SESSION).inAnyNamespace().list().getItems()) {
      console.say(
          "%s/%s  guest %s of %s  %s %s"
              .formatted(
                  session.getMetadata().getNamespace(),
                  session.getMetadata().getName(),
                  Kinds.text(session, "spec", "target", "vmid").orElse("?"),
                  Kinds.text(session, "spec", "hostRef", "name").orElse("?"),
                  Kinds.text(session, "status", "state").orElse("Pending"),
                  Kinds.text(session, "status", "terminationReason").orElse("")));
    }
  }

  private void create(String vmid, String host) {
    if (!vmid.matches("[1-9][0-9]{2,8}")) {
      console.say("A VMID is a number from 100.");
      return;
    }
    GenericKubernetesResource session =
        SessionManifest.unique(NAMESPACE, host, Integer.parseInt(vmid));
    client
        .genericKubernetesResources(Kinds.SESSION)
        .inNamespace(NAMESPACE)
        .resource(session)
        .create();
    console.say("Session " + session.getMetadata().getName() + " was asked for.");
  }

  private void revoke(String name) {
    client
        .genericKubernetesResources(Kinds.SESSION)
        .inNamespace(NAMESPACE)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"revoked\":true}}");
  }

  private void end(String name) {
    boolean none =
        client
            .genericKubernetesResources(Kinds.SESSION)
            .inNamespace(NAMESPACE)
            .withName(name)
            .delete()
            .isEmpty();
    if (none) {
      console.say("There is no session " + name + ".");
    }
  }
}
