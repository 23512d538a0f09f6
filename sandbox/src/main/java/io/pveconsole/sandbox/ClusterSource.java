// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.pveconsole.sandbox.install.ClusterPart;

/** Renders what the sandbox installs into its API. */
@FunctionalInterface
public interface ClusterSource {

  /** Takes a second or so; called in parallel with the start of the API. */
  ClusterPart render();
}
