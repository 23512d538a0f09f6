// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** What happens when a used link is opened by somebody else. */
public enum LinkReusePolicy {
  Refuse,
  EndSession
}
