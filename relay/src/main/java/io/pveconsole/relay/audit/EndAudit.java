// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.audit;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.GrantEnded;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantListener;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes one line for each session that this relay has ended, or whose end it has confirmed. */
public final class EndAudit implements GrantListener {

  private final Audit audit;
  private final String podName;
  private final Instant started;
  private final Set<String> written = ConcurrentHashMap.newKeySet();

  /** A listener that leaves out what was ended before now, by the process that ran before. */
  public EndAudit(Audit audit, String podName, Clock clock) {
    this.audit = audit;
    this.podName = podName;
    this.started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public void changed(Grant grant) {
    GrantEnded ended = grant.status().ended();
    if (ended != null
        && podName.equals(ended.relayPod())
        && !Instant.parse(ended.time()).isBefore(started)
        && written.add(grant.name())) {
      audit.ended(grant);
    }
  }

  @Override
  public void removed(String name, TerminationReason reason) {
    written.remove(name);
  }
}
