// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.OptionalInt;

/** Counts the sessions of a host that are accepted and not over. */
public interface ActiveSessions {

  /** How many there are now; empty while the cache of sessions is not filled. */
  OptionalInt active(ProxmoxHost host);
}
