// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;

/** One sandbox for all tests of a class of the page, with a session for each. */
final class PageSandbox implements AutoCloseable {
  static final int VM = 100;
  static final int OTHER_VM = 101;
  static final int STOPPED_VM = 103;

  private static final String NAMESPACE = "default";

  private final RunningSandbox sandbox;
  private final KubernetesClient kubernetes;
  private final SimulatedGuests guests;
  private final GuestControl control;
  private int sessions;

  private PageSandbox(RunningSandbox sandbox) {
    this.sandbox = sandbox;
    kubernetes = sandbox.kubernetes();
    guests = new SimulatedGuests(sandbox.file("simulator.json"));
    control = new GuestControl(guests);
  }

  /** Starts it on the mock API and waits until it offers consoles. */
  static PageSandbox start(Path directory) throws IOException {
    Needs.browser();
    RunningSandbox sandbox = RunningSandbox.start(directory, "--api", "mock");
    try {
      sandbox.link(0);
      return new PageSandbox(sandbox);
    } catch (RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  SimulatedGuests guests() {
    return guests;
  }

  GuestControl control() {
    return control;
  }

  /** A session of its own for a test. */
  record Session(String name, String link) {

    /** The page's address without the secret. */
    String address() {
      return link.substring(0, link.indexOf('#'));
    }
  }

  /** Asks for a console and waits for its link. */
  Session session(int vmid, String console) {
    sessions++;
    String name = "page-" + sessions;
    kubernetes
        .resource(
            """
            apiVersion: pveconsole.io/v1alpha1
            kind: ConsoleSession
            metadata: {name: %s, namespace: %s}
            spec:
              hostRef: {name: demo}
              target: {vmid: %d}
              console: %s
              requestedBy: tester
            """
                .formatted(name, NAMESPACE, vmid, console))
        .create();
    return new Session(name, link(name));
  }

  /**
   * The Secret is there before the relays know of the session; the session says when it is ready.
   */
  private String link(String name) {
    Awaitility.await("session " + name + " to be ready")
        .atMost(Duration.ofSeconds(90))
        .until(() -> isReady(name));
    Secret secret =
        kubernetes.secrets().inNamespace(NAMESPACE).withName(name + "-access").require();
    return new String(
        Base64.getDecoder().decode(secret.getData().get("url")), StandardCharsets.US_ASCII);
  }

  private boolean isReady(String name) {
    ConsoleSession session =
        kubernetes.resources(ConsoleSession.class).inNamespace(NAMESPACE).withName(name).require();
    return session.getStatus() != null && session.getStatus().state() == SessionState.Ready;
  }

  /** Changes the spec of a session, as {@code kubectl patch --type merge} does. */
  void patch(Session session, String spec) {
    kubernetes
        .resources(ConsoleSession.class)
        .inNamespace(NAMESPACE)
        .withName(session.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + spec + "}");
  }

  /** The session as the API server has it. */
  ConsoleSession read(Session session) {
    return kubernetes
        .resources(ConsoleSession.class)
        .inNamespace(NAMESPACE)
        .withName(session.name())
        .require();
  }

  @Override
  public void close() {
    kubernetes.close();
    sandbox.close();
  }
}
