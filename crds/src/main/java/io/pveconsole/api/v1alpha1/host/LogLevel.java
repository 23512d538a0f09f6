// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

/** How much relays log. */
public enum LogLevel {
  Debug,
  Info,
  Warn
}
