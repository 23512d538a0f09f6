// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static io.pveconsole.operator.testing.Samples.NOW;
import static io.pveconsole.operator.testing.Samples.readyHost;
import static io.pveconsole.operator.testing.Samples.session;

import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.Redemption;
import io.pveconsole.operator.config.OperatorConfig;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.testing.MockCluster;
import io.pveconsole.operator.testing.Samples;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The handlers on a mock API server, with one host that is ready. */
abstract class HandlerScenario {

  static final Redemption USED = new Redemption("n", "2026-03-01T12:01:00Z");

  final MockCluster cluster = new MockCluster();
  final SessionHandlers handlers =
      SessionHandlers.wire(
          cluster.client(),
          new SecureRandom(),
          new OperatorConfig("ops", Set.of(Samples.NAMESPACE), "relay", 0, false),
          new SessionIndex(() -> true));
  final ProxmoxHost host = readyHost("pve");

  @AfterEach
  void stop() {
    cluster.close();
  }

  Outcome pass(ConsoleSession session, ProxmoxHost ofHost, Instant now) {
    return handlers.handle(
        new SessionFacts(session, Optional.ofNullable(ofHost), grant(session), now));
  }

  Optional<ConsoleGrant> grant(ConsoleSession session) {
    return new Grants(cluster.client()).live(Samples.NAMESPACE, session.getMetadata().getUid());
  }

  ConsoleSession after(ConsoleSession session, Outcome outcome) {
    ConsoleSession next = Samples.copy(session);
    next.setStatus(outcome.status());
    return next;
  }

  ConsoleSession accepted(String name, String... more) {
    ConsoleSession session = session(name, more);
    return after(session, pass(session, host, NOW));
  }

  void relaySays(ConsoleSession session, ConsoleGrantStatus status) {
    cluster.client().resource(Samples.with(grant(session).orElseThrow(), status)).updateStatus();
  }

  static Condition condition(Outcome outcome, String type) {
    return Conditions.find(outcome.status().conditions(), type).orElseThrow();
  }
}
