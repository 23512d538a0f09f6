// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.SessionReason;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.events.ConditionEvents;
import io.pveconsole.operator.events.Happening;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told of a session: its conditions, and that it lasts longer. */
final class SessionEvents {

  private SessionEvents() {}

  static List<Happening> between(
      @Nullable ConsoleSessionStatus before, ConsoleSessionStatus after) {
    List<Happening> happenings =
        new ArrayList<>(
            ConditionEvents.between(
                before == null ? null : before.conditions(), after.conditions()));
    boolean moved =
        before != null
            && before.expirationTime() != null
            && !before.expirationTime().equals(after.expirationTime());
    if (moved && after.state() != SessionState.Finished) {
      happenings.add(
          Happening.normal(
              SessionReason.Extended.name(),
              "It ends at " + after.expirationTime() + " now.",
              "expirationTime"));
    }
    return happenings;
  }
}
