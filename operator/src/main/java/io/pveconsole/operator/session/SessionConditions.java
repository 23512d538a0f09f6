// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

/** Names of a session's conditions. */
final class SessionConditions {

  static final String ACCEPTED = "Accepted";
  static final String READY = "Ready";
  static final String CONNECTED = "Connected";
  static final String FINISHED = "Finished";

  private SessionConditions() {}
}
