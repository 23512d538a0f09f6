// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Holds what all opens share; still without its parts. */
final class DefaultProxmoxClient implements ProxmoxClient {

  DefaultProxmoxClient(Vertx vertx, ProxmoxSettings settings, Clock clock, TlsEngine engine) {}

  @Override
  public void update(ProxmoxSettings settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Probe> probe(ProxmoxEndpoint endpoint) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<Guest> findGuest(int vmid) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<ConsoleTunnel> openVnc(
      int vmid, @Nullable GuestIdentity expected, StepListener listener) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<ConsoleTunnel> openTerminal(
      int vmid, @Nullable GuestIdentity expected, StepListener listener) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<ProxmoxFailure> explainLoss(Guest guest) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
