// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The API of one Proxmox cluster. Safe for use from any event loop; each future completes on the
 * context that asked, and fails with {@link ProxmoxException} only.
 */
public interface ProxmoxClient {

  /** A client that speaks TLS by the given engine; nothing is dialled yet. */
  static ProxmoxClient create(
      Vertx vertx, ProxmoxSettings settings, Clock clock, TlsEngine engine) {
    return new DefaultProxmoxClient(vertx, settings, clock, engine, NameResolver.system(vertx));
  }

  /** Takes new settings for all that begins from now on; open consoles go on untouched. */
  void update(ProxmoxSettings settings);

  /**
   * Looks at one endpoint step by step. Never fails: a failure is part of the answer. Do not call
   * it often with credentials known to be bad; Proxmox holds each such answer back for 3 s.
   */
  Future<Probe> probe(ProxmoxEndpoint endpoint);

  /** Finds a guest wherever in the cluster it is, with its present status and identity. */
  Future<Guest> findGuest(int vmid);

  /**
   * Opens the graphical console of a running guest.
   *
   * @param expected what the guest was at an earlier open, null at the first
   */
  Future<ConsoleTunnel> openVnc(int vmid, @Nullable GuestIdentity expected, StepListener listener);

  /**
   * Opens the terminal (container, or serial port of a virtual machine) of a running guest.
   *
   * @param expected what the guest was at an earlier open, null at the first
   */
  Future<ConsoleTunnel> openTerminal(
      int vmid, @Nullable GuestIdentity expected, StepListener listener);

  /**
   * Asks Proxmox why a tunnel of this guest may have ended: stopped, gone, changed, moved, node
   * away. Never fails: what cannot be found out is {@link ServiceFailure.ConsoleLost} or the
   * failure met while asking.
   */
  Future<ProxmoxFailure> explainLoss(Guest guest);

  /**
   * Refuses new work; tunnels that are open stay open. The future completes when the last of them
   * is closed.
   */
  Future<Void> close();
}
