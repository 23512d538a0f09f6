// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.grants;

import io.pveconsole.api.v1alpha1.TerminationReason;

/** Is told of grants. */
public interface GrantListener {

  /** A grant is new or has changed. */
  void changed(Grant grant);

  /** A grant was deleted. */
  void removed(String name, TerminationReason reason);
}
