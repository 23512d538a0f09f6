// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.TerminationReason;

/** Counts sessions by host and outcome; never by session. */
public final class SessionMetrics {

  private final MeterRegistry registry;

  /** Counts into that registry. */
  public SessionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The session has come into a new phase. */
  void entered(ConsoleSession session) {
    SessionPhase phase = SessionPhase.of(session);
    if (phase == SessionPhase.OPEN) {
      count("pveconsole_sessions_accepted", session, "Accepted");
    } else if (phase == SessionPhase.FINISHED) {
      TerminationReason reason = session.getStatus().terminationReason();
      count("pveconsole_sessions_finished", session, String.valueOf(reason));
    }
  }

  private void count(String name, ConsoleSession session, String outcome) {
    HostKey host = HostKey.of(session);
    Counter.builder(name)
        .tag("namespace", host.namespace())
        .tag("host", host.name())
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }
}
