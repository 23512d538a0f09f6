// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

/** How browsers reach the relays of a host. */
public enum ExposureType {
  /** A Gateway API route. */
  HTTPRoute,

  /** An Ingress. */
  Ingress,

  /** Nothing is made; publicUrl says where it is served. */
  None
}
