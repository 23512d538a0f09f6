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
import io.pveconsole.relay.proxmox.FailureReason;
import io.pveconsole.relay.proxmox.Guest;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one viewer writes into the status of its grant. */
final class GrantRecord {

  private static final Logger LOG = LoggerFactory.getLogger(GrantRecord.class);
  private static final long RETRY_MILLIS = 1000;
  private static final int END_TRIES = 6;

  /** After so long without the guest running its session is over. */
  static final Duration STOPPED = Duration.ofMinutes(5);

  private final ViewerServices services;
  private final String name;
  private final String uid;
  private final String id;
  private final String address;
  private final String connectedTime;
  private @Nullable String replaced;

  GrantRecord(ViewerServices services, Grant grant, String viewerId, String address) {
    this.services = services;
    this.name = grant.name();
    this.uid = grant.uid();
    this.id = viewerId;
    this.address = address;
    this.connectedTime = now();
  }

  private String now() {
    return services.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /**
   * Takes the place of the one viewer; nothing is written to a session that is over.
   *
   * @param gone whether the browser has left in the meantime: then a newer one may have come
   */
  Future<Grant> arrive(BooleanSupplier gone) {
    return change(
        grant -> arrival(grant, gone, grant.spec().guestSharing() == GuestSharing.Refuse));
  }

  private Optional<StatusPatch> arrival(Grant grant, BooleanSupplier gone, boolean undecided) {
    return gone.getAsBoolean() || grant.over(services.clock().instant()).isPresent()
        ? Optional.empty()
        : Optional.of(StatusPatch.viewed(viewer(undecided)));
  }

  /**
   * Takes the place as soon as the API server answers again, but only that of the viewer which this
   * one has replaced: by then a newer one may have come elsewhere.
   *
   * @param older the id of the viewer that was replaced here
   */
  Future<Grant> arriveLater(String older, BooleanSupplier gone) {
    replaced = older;
    Promise<Grant> promise = Promise.promise();
    arriveLater(gone, promise);
    return promise.future();
  }

  private void arriveLater(BooleanSupplier gone, Promise<Grant> promise) {
    services.vertx().setTimer(RETRY_MILLIS, timer -> arriveNow(gone, promise));
  }

  private void arriveNow(BooleanSupplier gone, Promise<Grant> promise) {
    change(
            grant ->
                grant.viewer().isPresent() && !isMine(grant)
                    ? Optional.empty()
                    : arrival(grant, gone, false))
        .onSuccess(promise::complete)
        .onFailure(
            thrown -> {
              if (gone.getAsBoolean() || thrown instanceof GoneException) {
                promise.fail(thrown);
              } else {
                arriveLater(gone, promise);
              }
            });
  }

  /** Whether this viewer may stay, which is a question only where a guest is not shared. */
  Future<Boolean> mayStay(Grant grant) {
    boolean undecided =
        grant
            .viewer()
            .filter(now -> now.id().equals(id) && Boolean.TRUE.equals(now.undecided()))
            .isPresent();
    return undecided
        ? new SoleViewer(services, grant, this::makeFirm).mayStay()
        : Future.succeededFuture(true);
  }

  private Future<Grant> makeFirm() {
    return change(
        grant -> isMine(grant) ? Optional.of(StatusPatch.viewed(viewer(false))) : Optional.empty());
  }

  private GrantViewer viewer(boolean undecided) {
    return new GrantViewer(id, services.podName(), address, connectedTime, undecided);
  }

  private boolean isMine(Grant grant) {
    return grant
        .viewer()
        .filter(now -> now.id().equals(id) || now.id().equals(replaced))
        .isPresent();
  }

  private Future<Grant> change(Function<Grant, Optional<StatusPatch>> decide) {
    return services.writer().change(name, uid, decide);
  }

  /** Gives the place back, if it is still this viewer's. */
  void leave() {
    write(
        grant -> isMine(grant) ? Optional.of(StatusPatch.unviewed()) : Optional.empty(), END_TRIES);
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
                : Optional.of(StatusPatch.found(target, since(grant, doctor))),
        1);
  }

  /** A finding that lasts keeps the time when it was first made, whoever makes it again. */
  private static Doctor since(Grant grant, Doctor doctor) {
    Doctor before = grant.status().doctor();
    return before == null || !Objects.equals(before.reason(), doctor.reason())
        ? doctor
        : new Doctor(doctor.step(), doctor.reason(), doctor.message(), before.time());
  }

  private static boolean same(Doctor one, @Nullable Doctor other) {
    return other != null
        && one.step() == other.step()
        && Objects.equals(one.reason(), other.reason())
        && Objects.equals(one.message(), other.message());
  }

  /** Whether all who tried for so long found that the guest does not run. */
  boolean stoppedTooLong(Grant grant) {
    Doctor doctor = grant.status().doctor();
    return doctor != null
        && FailureReason.TargetStopped.name().equals(doctor.reason())
        && doctor.time() != null
        && !services.clock().instant().isBefore(Instant.parse(doctor.time()).plus(STOPPED));
  }

  private void write(Function<Grant, Optional<StatusPatch>> decide, int triesLeft) {
    change(decide)
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
