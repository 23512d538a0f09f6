// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

/** The steps from a click to a picture, in their order. */
public enum DoctorStep {
  dns,
  tcp,
  tls,
  auth,
  privilege,
  guest,
  ticket,
  port,
  rfb
}
