// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.events;

import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.operator.status.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events in a change of conditions: each that has become True or False. The end of a session is
 * one event, not one for each condition that ends with it; so is the acceptance of one that is
 * ready in the same moment.
 */
public final class ConditionEvents {

  private static final String FINISHED = "Finished";
  private static final String ACCEPTED = "Accepted";
  private static final String READY = "Ready";

  /** Ends that nobody asked for. */
  private static final Set<String> BAD_ENDS =
      Set.of("Failed", "LinkReused", "Refused", "RelayLost", "TargetChanged");

  private ConditionEvents() {}

  /** Compares the conditions before and after a pass. */
  public static List<Happening> between(@Nullable List<Condition> before, List<Condition> after) {
    List<Happening> happenings = new ArrayList<>();
    boolean over = Conditions.isTrue(after, FINISHED);
    boolean ready = Conditions.isTrue(after, READY) && !Conditions.isTrue(before, READY);
    for (Condition condition : after) {
      Optional<Condition> old = Conditions.find(before, condition.type());
      boolean changed = old.filter(o -> o.status().equals(condition.status())).isEmpty();
      if (ready && condition.type().equals(ACCEPTED)) {
        continue;
      }
      if (changed && condition.status().equals("True")) {
        happenings.add(
            BAD_ENDS.contains(condition.reason())
                ? Happening.warning(condition.reason(), condition.message(), condition.type())
                : Happening.normal(condition.reason(), condition.message(), condition.type()));
      } else if (changed && condition.status().equals("False") && old.isPresent() && !over) {
        happenings.add(
            Happening.warning(condition.reason(), condition.message(), condition.type()));
      }
    }
    return happenings;
  }
}
