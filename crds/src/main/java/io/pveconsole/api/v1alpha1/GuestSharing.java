// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** Whether two sessions may show one guest at once. */
public enum GuestSharing {
  Shared,
  Refuse
}
