// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** Which way text may be copied. An accident guard, not data loss prevention. */
public enum ClipboardPolicy {
  Both,
  ToGuest,
  FromGuest,
  None
}
