// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.EndConfirmer;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.grants.StatusPatch;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/** Ends a session because its holder wants to. */
public final class SessionEnder {

  private final GrantWriter writer;
  private final GrantRegistry registry;
  private final String podName;
  private final Clock clock;
  private final ApiFailures failures;

  public SessionEnder(
      GrantWriter writer,
      GrantRegistry registry,
      String podName,
      Clock clock,
      ApiFailures failures) {
    this.writer = writer;
    this.registry = registry;
    this.podName = podName;
    this.clock = clock;
    this.failures = failures;
  }

  /** Writes the end; whoever listens to the registry closes what is open. */
  public Future<Grant> end(Grant grant) {
    return writer
        .change(grant.name(), grant.uid(), this::closedByUser)
        .onSuccess(ended -> registry.endHere(ended.name(), TerminationReason.ClosedByUser))
        .recover(thrown -> Future.failedFuture(failures.unavailable("end", grant.name(), thrown)));
  }

  private Optional<StatusPatch> closedByUser(Grant now) {
    return now.status().ended() != null
        ? Optional.empty()
        : Optional.of(
            StatusPatch.over(EndConfirmer.ended(TerminationReason.ClosedByUser, podName, clock)));
  }
}
