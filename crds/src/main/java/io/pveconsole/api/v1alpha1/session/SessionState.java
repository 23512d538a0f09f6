// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.session;

/** Where a session is in its life. */
public enum SessionState {
  Pending,
  Ready,
  Connected,
  Finished
}
