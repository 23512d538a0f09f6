// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.DoctorStep;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.grant.GuestIdentity;
import io.pveconsole.relay.grants.EndConfirmer;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.host.Cure;
import io.pveconsole.relay.proxmox.Guest;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.vertx.core.Future;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one viewer writes into the status of its grant. */
final class GrantRecord {

  private static final Logger LOG = LoggerFactory.getLogger(GrantRecord.class);
  private static final long RETRY_MILLIS = 1000;
  private static final int END_TRIES = 6;

  private final ViewerServices services;
  private final String name;
  private final String uid;
  private final GrantViewer viewer;

  GrantRecord(ViewerServices services, Grant grant, String viewerId, String address) {
    this.services = services;
    this.name = grant.name();
    this.uid = grant.uid();
    this.viewer = new GrantViewer(viewerId, services.podName(), address, now());
  }

  private String now() {
    return services.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Takes the place of the one viewer; nothing is written to a session that is over. */
  Future<Grant> arrive() {
    return services
        .writer()
        .change(
            name,
            uid,
            grant ->
                grant.over(services.clock().instant()).isPresent()
                    ? Optional.empty()
                    : Optional.of(StatusPatch.viewed(viewer)));
  }

  /**
   * Whether this viewer may stay where a guest is not shared: the earliest one on the guest stays,
   * by a list that is consistent, so that all replicas decide alike.
   */
  Future<Boolean> mayStay(Grant grant) {
    if (grant.spec().guestSharing() != GuestSharing.Refuse) {
      return Future.succeededFuture(true);
    }
    return services
        .store()
        .list()
        .map(
            all ->
                all.stream()
                    .filter(other -> !other.name().equals(name))
                    .filter(other -> other.spec().target().equals(grant.spec().target()))
                    .filter(other -> other.over(services.clock().instant()).isEmpty())
                    .flatMap(other -> other.viewer().stream().map(v -> order(v, other.name())))
                    .noneMatch(other -> other.compareTo(order(viewer, name)) < 0));
  }

  private static String order(GrantViewer viewer, String name) {
    return viewer.connectedTime() + "/" + name;
  }

  /** Gives the place back, if it is still this viewer's. */
  void leave() {
    write(
        grant ->
            grant.viewer().filter(now -> now.id().equals(viewer.id())).isPresent()
                ? Optional.of(StatusPatch.unviewed())
                : Optional.empty(),
        1);
  }

  /** Ends the session; tried again for a while, since the page is closed by then. */
  void end(TerminationReason reason) {
    services.registry().endHere(name, reason);
    write(
        grant ->
            grant.status().ended() != null
                ? Optional.empty()
                : Optional.of(
                    StatusPatch.over(
                        EndConfirmer.ended(reason, services.podName(), services.clock()))),
        END_TRIES);
  }

  /** Notes the guest that was found and that all is well. */
  void connected(Guest guest) {
    GuestIdentity target =
        new GuestIdentity(
            guest.name(), guest.ref().type().path(), guest.ref().node(), guest.identity().text());
    found(target, new Doctor(DoctorStep.rfb, Doctor.CONNECTED, "The console is open.", now()));
  }

  /** Notes a failure on the way to the guest. */
  void failed(ProxmoxFailure failure) {
    services
        .host()
        .get()
        .ifPresent(
            host ->
                found(
                    null,
                    new Doctor(
                        DoctorStep.valueOf(failure.step().wireName()),
                        failure.reason().name(),
                        Cure.of(host, failure),
                        now())));
  }

  /** Notes that Proxmox cannot be asked at all. */
  void unusable(String reason, String message) {
    found(null, new Doctor(DoctorStep.auth, reason, message, now()));
  }

  private void found(@Nullable GuestIdentity target, Doctor doctor) {
    write(
        grant ->
            (target == null || target.equals(grant.status().target()))
                    && same(doctor, grant.status().doctor())
                ? Optional.empty()
                : Optional.of(StatusPatch.found(target, doctor)),
        1);
  }

  private static boolean same(Doctor one, @Nullable Doctor other) {
    return other != null
        && one.step() == other.step()
        && Objects.equals(one.reason(), other.reason())
        && Objects.equals(one.message(), other.message());
  }

  private void write(
      java.util.function.Function<Grant, Optional<StatusPatch>> decide, int triesLeft) {
    services
        .writer()
        .change(name, uid, decide)
        .onFailure(
            thrown -> {
              if (thrown instanceof GoneException) {
                return;
              }
              if (triesLeft > 1) {
                services
                    .vertx()
                    .setTimer(
                        RETRY_MILLIS << (END_TRIES - triesLeft),
                        id -> write(decide, triesLeft - 1));
              } else {
                LOG.atWarn()
                    .addKeyValue("sessionUid", name)
                    .addKeyValue("error", thrown.toString())
                    .log("cannot write the status of a grant");
              }
            });
  }
}
