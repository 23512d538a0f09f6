// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

/** Which namespaces may hold sessions of a host. */
public enum NamespacesFrom {
  All,
  Same,
  Selector
}
