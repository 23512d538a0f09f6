// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import io.pveconsole.simulator.auth.Identity;
import org.jspecify.annotations.Nullable;

/** Whether a request may go on to its handler. */
public sealed interface Admission {
  /** Goes on; {@code identity} is null for calls that need none. */
  record Granted(@Nullable Identity identity) implements Admission {}

  /** Ends with this reply. */
  record Refused(Reply reply) implements Admission {}
}
