// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.relay.grants.Grant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Decides who stays on a guest that is not shared. No clock takes part, since those of two relays
 * differ: a viewer first writes a claim, then lists, then makes the claim firm, then lists again.
 * Whoever finds a firm viewer withdraws, and of two claims the one with the lower session name goes
 * on. Lists are consistent, so of two viewers at least the later writer sees the other, and exactly
 * one of any number stays.
 */
final class SoleViewer {

  private static final int LOOKS = 25;
  private static final long LOOK_MILLIS = 200;

  /** So long after it came a viewer of a relay that nobody knows is taken for a dead one's. */
  private static final Duration ORPHAN = Duration.ofMinutes(2);

  private final ViewerServices services;
  private final Grant grant;
  private final Supplier<Future<Grant>> makeFirm;

  /**
   * A decision to be made.
   *
   * @param grant with the viewer in question written as undecided
   * @param makeFirm writes the viewer as decided
   */
  SoleViewer(ViewerServices services, Grant grant, Supplier<Future<Grant>> makeFirm) {
    this.services = services;
    this.grant = grant;
    this.makeFirm = makeFirm;
  }

  /** Whether the viewer may stay. */
  Future<Boolean> mayStay() {
    return others()
        .compose(
            others ->
                others.stream().anyMatch(other -> isFirm(other) || isBefore(other))
                    ? Future.succeededFuture(false)
                    : makeFirm.get().compose(firm -> confirmed(LOOKS)));
  }

  private Future<Boolean> confirmed(int looks) {
    return others()
        .compose(
            others -> {
              List<Grant> before = others.stream().filter(this::isBefore).toList();
              if (before.stream().anyMatch(SoleViewer::isFirm) || looks == 0) {
                return Future.succeededFuture(before.isEmpty());
              }
              return before.isEmpty()
                  ? Future.succeededFuture(true)
                  : later().compose(v -> confirmed(looks - 1));
            });
  }

  private Future<Void> later() {
    Promise<Void> promise = Promise.promise();
    services.vertx().setTimer(LOOK_MILLIS, id -> promise.complete());
    return promise.future();
  }

  private Future<List<Grant>> others() {
    return services
        .store()
        .list()
        .map(
            all ->
                all.stream()
                    .filter(other -> !other.name().equals(grant.name()))
                    .filter(other -> other.spec().target().equals(grant.spec().target()))
                    .filter(other -> other.over(services.clock().instant()).isEmpty())
                    .filter(other -> other.viewer().filter(this::isAlive).isPresent())
                    .toList());
  }

  private boolean isBefore(Grant other) {
    return other.name().compareTo(grant.name()) < 0;
  }

  private static boolean isFirm(Grant other) {
    return other.viewer().filter(viewer -> !isUndecided(viewer)).isPresent();
  }

  private static boolean isUndecided(GrantViewer viewer) {
    return Boolean.TRUE.equals(viewer.undecided());
  }

  /** A relay that crashed leaves its viewers behind; the operator takes its pod off the host. */
  private boolean isAlive(GrantViewer viewer) {
    List<String> pods =
        services
            .host()
            .get()
            .map(host -> host.getStatus() == null ? null : host.getStatus().relays())
            .orElseGet(List::of)
            .stream()
            .map(RelayStatus::podName)
            .filter(Objects::nonNull)
            .toList();
    return !pods.contains(services.podName())
        || pods.contains(viewer.relayPod())
        || Instant.parse(viewer.connectedTime()).isAfter(services.clock().instant().minus(ORPHAN));
  }
}
