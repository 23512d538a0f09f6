// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.host.status.PublicAddress;

/** Where a session's console is served; the link is this, # and the secret. */
final class SessionAddress {

  private SessionAddress() {}

  static String of(ConsoleSession session, ProxmoxHost host) {
    return PublicAddress.of(host).orElse("") + "/c/" + session.getMetadata().getUid();
  }
}
