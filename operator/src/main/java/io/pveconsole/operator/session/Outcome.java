// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a pass.
 *
 * @param status null when the session itself was deleted
 * @param next when to look again, if nothing happens before
 */
public record Outcome(@Nullable ConsoleSessionStatus status, Optional<Instant> next) {

  static Outcome until(ConsoleSessionStatus status, Instant next) {
    return new Outcome(status, Optional.of(next));
  }

  static Outcome deleted() {
    return new Outcome(null, Optional.empty());
  }
}
