// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.util.HashMap;
import java.util.Map;

/**
 * The headers that say who asks. Never a cookie beside a token: Proxmox would take the cookie.
 *
 * @param always headers of each request
 * @param onWrites headers of each request but GET
 */
record Authorization(Map<String, String> always, Map<String, String> onWrites) {

  static Authorization token(Credentials.ApiToken token) {
    return new Authorization(
        Map.of("Authorization", "PVEAPIToken=" + token.tokenId() + "=" + token.secret().reveal()),
        Map.of());
  }

  /** The ticket is percent-encoded: Proxmox URL-decodes what it finds in the cookie. */
  static Authorization ticket(Secret ticket, Secret csrf) {
    return new Authorization(
        Map.of("Cookie", "PVEAuthCookie=" + Percent.encode(ticket.reveal())),
        Map.of("CSRFPreventionToken", csrf.reveal()));
  }

  Map<String, String> headers(ApiCall call) {
    if (!call.writes()) {
      return always;
    }
    Map<String, String> all = new HashMap<>(always);
    all.putAll(onWrites);
    return all;
  }

  @Override
  public String toString() {
    return "Authorization(secret)";
  }
}
