// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import java.util.Objects;

/** Which changes of a session call for a pass: not the operator's own status writes. */
public final class SessionFilter {

  private SessionFilter() {}

  /** Whether its spec has changed, or it is going. */
  public static boolean matters(ConsoleSession now, ConsoleSession before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }
}
