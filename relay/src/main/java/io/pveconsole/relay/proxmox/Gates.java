// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

/**
 * How much at once: opens per endpoint, and one open per guest while its only VNC password counts.
 */
final class Gates {

  private static final int OPENS_PER_ENDPOINT = 8;
  private static final int WAITING_PER_ENDPOINT = 256;
  private static final int WAITING_PER_GUEST = 16;

  private final Turnstiles<ProxmoxEndpoint> endpoints =
      new Turnstiles<>(OPENS_PER_ENDPOINT, WAITING_PER_ENDPOINT, "an endpoint");
  private final Turnstiles<Integer> guests =
      new Turnstiles<>(1, WAITING_PER_GUEST, "the guest's password");

  Turnstiles<ProxmoxEndpoint> endpoints() {
    return endpoints;
  }

  Turnstiles<Integer> guests() {
    return guests;
  }
}
