// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.SessionReason;

/** What the checks say of a session that asks to be accepted. */
sealed interface Verdict {

  /** All checks passed. */
  record Accept(ProxmoxHost host) implements Verdict {}

  /** Not now; it may change by itself. */
  record Wait(SessionReason reason, String message) implements Verdict {}

  /** Never. */
  record Refuse(SessionReason reason, String message) implements Verdict {}
}
