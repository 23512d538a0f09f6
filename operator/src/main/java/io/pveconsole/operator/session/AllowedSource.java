// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ProxmoxHost;

/** Whether a host takes sessions from a namespace. */
@FunctionalInterface
public interface AllowedSource {

  /** May ask the API server for the labels of the namespace. */
  boolean allows(ProxmoxHost host, String namespace);
}
