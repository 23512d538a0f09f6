// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;

/** What a session needs from the operator; each has one handler. */
public enum SessionPhase {
  /** Not accepted yet. */
  WAITING,
  /** Accepted: it has a start, and a grant. */
  OPEN,
  /** Over, for good. */
  FINISHED;

  /** The phase that the status shows. */
  public static SessionPhase of(ConsoleSession session) {
    ConsoleSessionStatus status = session.getStatus();
    if (status == null) {
      return WAITING;
    }
    if (status.state() == SessionState.Finished) {
      return FINISHED;
    }
    return status.startTime() == null ? WAITING : OPEN;
  }
}
