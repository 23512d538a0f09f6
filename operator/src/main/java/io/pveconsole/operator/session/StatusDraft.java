// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.AccessSecretRef;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.api.v1alpha1.session.SessionTarget;
import io.pveconsole.api.v1alpha1.session.SessionViewer;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next status of a session: what was there, with what this pass changes. */
final class StatusDraft {

  private final long generation;
  private final @Nullable List<Condition> conditionsBefore;
  private SessionState state = SessionState.Pending;
  private @Nullable String url;
  private @Nullable AccessSecretRef secret;
  private @Nullable String start;
  private @Nullable String linkExpiration;
  private @Nullable String expiration;
  private @Nullable String maxExpiration;
  private @Nullable String connected;
  private @Nullable String completion;
  private @Nullable TerminationReason termination;
  private @Nullable SessionTarget target;
  private @Nullable SessionViewer viewer;
  private @Nullable Doctor doctor;

  StatusDraft(ConsoleSession session) {
    generation = Optional.ofNullable(session.getMetadata().getGeneration()).orElse(0L);
    ConsoleSessionStatus before = session.getStatus();
    conditionsBefore = before == null ? null : before.conditions();
    if (before != null) {
      state = before.state() == null ? SessionState.Pending : before.state();
      url = before.url();
      secret = before.accessSecretRef();
      start = before.startTime();
      linkExpiration = before.linkExpirationTime();
      expiration = before.expirationTime();
      maxExpiration = before.maxExpirationTime();
      connected = before.connectedTime();
      completion = before.completionTime();
      termination = before.terminationReason();
      target = before.target();
      viewer = before.viewer();
      doctor = before.doctor();
    }
  }

  StatusDraft state(SessionState value) {
    state = value;
    return this;
  }

  StatusDraft link(@Nullable String address, @Nullable AccessSecretRef secretRef) {
    url = address;
    secret = secretRef;
    return this;
  }

  StatusDraft times(String from, String link, String end, String max) {
    start = from;
    linkExpiration = link;
    expiration = end;
    maxExpiration = max;
    return this;
  }

  /** The first connection counts. */
  StatusDraft connected(String time) {
    connected = connected == null ? time : connected;
    return this;
  }

  StatusDraft report(
      @Nullable SessionTarget guest, @Nullable SessionViewer looking, @Nullable Doctor finding) {
    target = guest;
    viewer = looking;
    doctor = finding;
    return this;
  }

  StatusDraft finished(TerminationReason reason, String time) {
    state = SessionState.Finished;
    termination = reason;
    completion = time;
    viewer = null;
    secret = null;
    return this;
  }

  ConsoleSessionStatus build(List<Finding> findings, Instant now) {
    return new ConsoleSessionStatus(
        generation,
        Conditions.merge(conditionsBefore, findings, generation, now),
        state,
        url,
        secret,
        start,
        linkExpiration,
        expiration,
        maxExpiration,
        connected,
        completion,
        termination,
        target,
        viewer,
        doctor);
  }
}
