// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ProxmoxHost;

/** Whether a host takes sessions from a namespace. */
@FunctionalInterface
public interface AllowedSource {

  /** May ask the API server for the labels of the namespace. */
  Answer allows(ProxmoxHost host, String namespace);

  /** What can be said. */
  enum Answer {
    /** It does. */
    YES,
    /** It does not. */
    NO,
    /** The rule is about labels of namespaces, which the operator may not read. */
    UNREADABLE
  }
}
