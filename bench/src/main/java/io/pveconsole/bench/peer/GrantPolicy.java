// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.pveconsole.api.v1alpha1.ClipboardPolicy;

/** What a session may do. */
public record GrantPolicy(boolean viewOnly, ClipboardPolicy clipboard) {

  /** Everything. */
  public static final GrantPolicy ALL = new GrantPolicy(false, ClipboardPolicy.Both);
}
