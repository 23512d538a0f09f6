// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.GrantEnded;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confirms the operator's order to end a session that nobody views, so that the operator need not
 * wait; where somebody does, the relay that shows it confirms.
 */
public final class EndConfirmer implements GrantListener {

  private static final Logger LOG = LoggerFactory.getLogger(EndConfirmer.class);

  private final GrantWriter writer;
  private final String podName;
  private final Clock clock;
  private final Set<String> confirming = ConcurrentHashMap.newKeySet();

  public EndConfirmer(GrantWriter writer, String podName, Clock clock) {
    this.writer = writer;
    this.podName = podName;
    this.clock = clock;
  }

  @Override
  public void changed(Grant grant) {
    boolean elsewhere =
        grant.viewer().map(viewer -> !viewer.relayPod().equals(podName)).orElse(false);
    if (grant.spec().end() == null
        || grant.status().ended() != null
        || elsewhere
        || !confirming.add(grant.name())) {
      return;
    }
    writer
        .change(grant.name(), grant.uid(), this::confirmation)
        .onComplete(
            (done, failure) -> {
              confirming.remove(grant.name());
              if (failure != null && !(failure instanceof GoneException)) {
                LOG.atWarn()
                    .addKeyValue("session", grant.name())
                    .addKeyValue("error", failure.toString())
                    .log("cannot confirm the end of a session");
              }
            });
  }

  private Optional<StatusPatch> confirmation(Grant now) {
    return now.status().ended() != null || now.spec().end() == null
        ? Optional.empty()
        : Optional.of(StatusPatch.over(ended(now.spec().end().reason(), podName, clock)));
  }

  /** The confirmation of an end, made now. */
  public static GrantEnded ended(TerminationReason reason, String podName, Clock clock) {
    return new GrantEnded(
        reason, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(), podName);
  }

  @Override
  public void removed(String name, TerminationReason reason) {
    confirming.remove(name);
  }
}
