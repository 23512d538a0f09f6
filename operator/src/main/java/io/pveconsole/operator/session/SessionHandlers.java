// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.operator.config.OperatorConfig;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One handler for each phase. */
public final class SessionHandlers {

  private final Map<SessionPhase, SessionHandler> handlers = new EnumMap<>(SessionPhase.class);

  private SessionHandlers() {}

  /** Wires them. */
  public static SessionHandlers wire(
      KubernetesClient client, RandomGenerator random, OperatorConfig config, SessionIndex index) {
    Admission admission = new Admission(config, new NamespaceRules(client));
    Grants grants = new Grants(client);
    AccessSecrets secrets = new AccessSecrets(client, random);
    Ending ending = new Ending(grants, secrets);
    OpenStatus open = new OpenStatus();
    SessionHandlers all = new SessionHandlers();
    all.handlers.put(
        SessionPhase.WAITING,
        new WaitingHandler(
            admission, new Quota(index::of, System::nanoTime), secrets, grants, ending, open));
    all.handlers.put(SessionPhase.OPEN, new OpenHandler(admission, grants, secrets, ending, open));
    all.handlers.put(SessionPhase.FINISHED, new FinishedHandler(client, grants));
    return all;
  }

  Outcome handle(SessionFacts facts) {
    SessionPhase phase = SessionPhase.of(facts.session());
    SessionHandler handler = handlers.get(phase);
    if (handler == null) {
      throw new IllegalStateException("no handler for phase " + phase);
    }
    return handler.handle(facts);
  }
}
