// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds guests over one session. */
final class GuestFinder {

  private static final Duration NODE = Duration.ofSeconds(8);

  /** Shorter than {@link EndpointRace#PATIENCE}: a dead node is no fault of the endpoint. */
  private static final Duration WHERE_IT_WAS = Duration.ofMillis(500);

  private final ApiSession session;

  GuestFinder(ApiSession session) {
    this.session = session;
  }

  /** A guest with what its configuration says of its display and its serial ports. */
  record Found(Guest guest, boolean display, boolean terminal) {}

  /** What tells where the guest is. */
  sealed interface Lead {
    /** All guests that the account may see. */
    record Listed(List<InventoryEntry> inventory) implements Lead {}

    /** It is where it was. */
    record Seen(InventoryEntry entry, GuestConfig config) implements Lead {}
  }

  /**
   * Looks where the guest was, and else at the list of all guests, which is long and which Proxmox
   * puts together for each call.
   *
   * @param last what was last found of it, null for nothing
   */
  Future<Lead> lead(@Nullable InventoryEntry last, Step step) {
    if (last == null) {
      return listed(step);
    }
    return whereItWas(last, step)
        .compose(seen -> seen.map(Future::succeededFuture).orElseGet(() -> listed(step)));
  }

  /** Empty where the guest is not there, is not surely that guest, or its node does not answer. */
  private Future<Optional<Lead>> whereItWas(InventoryEntry last, Step step) {
    ApiCall call = ApiCall.get(path(last.ref()) + "/config", step);
    return Deadline.within(session.vertx(), WHERE_IT_WAS, step, session.answer(call), late -> {})
        .map(answer -> seen(last, answer))
        .recover(
            thrown -> {
              if (!(Failures.of(step, thrown) instanceof ServiceFailure.TimedOut)) {
                return Future.failedFuture(thrown);
              }
              session.close();
              return Future.succeededFuture(Optional.empty());
            });
  }

  private static Optional<Lead> seen(InventoryEntry last, ApiAnswer answer) {
    return answer.ok() && answer.hasData()
        ? Optional.of(GuestConfig.parse(last, answer.data()))
            .filter(GuestConfig::conclusive)
            .map(config -> new Lead.Seen(last, config))
        : Optional.empty();
  }

  private Future<Lead> listed(Step step) {
    return inventory(step).map(Lead.Listed::new);
  }

  /** The guest that the lead leads to, with its status of this moment. */
  Future<Found> find(int vmid, Lead lead) {
    return switch (lead) {
      case Lead.Listed listed -> find(vmid, listed.inventory());
      case Lead.Seen seen -> describe(seen.entry(), seen.config());
    };
  }

  /** All guests that the account may see. */
  Future<List<InventoryEntry>> inventory(Step step) {
    return session
        .data(ApiCall.get("/cluster/resources", Map.of("type", "vm"), step))
        .map(InventoryEntry::parse);
  }

  /** The guest of the inventory, with its status of this moment. */
  Future<Found> find(int vmid, List<InventoryEntry> inventory) {
    for (InventoryEntry entry : inventory) {
      if (entry.ref().vmid() == vmid) {
        return entry.template() ? Future.succeededFuture(template(entry)) : describe(entry);
      }
    }
    return Failures.future(
        new GuestFailure.GuestNotFound(vmid, session.credentials().account(), inventory.isEmpty()));
  }

  private Found template(InventoryEntry entry) {
    GuestIdentity identity = new GuestIdentity("template:" + entry.ref().vmid());
    return new Found(
        new Guest(entry.ref(), entry.name(), GuestStatus.STOPPED, true, identity, 0, endpoint()),
        false,
        false);
  }

  private Future<Found> describe(InventoryEntry entry) {
    return read(entry, "/config")
        .map(data -> GuestConfig.parse(entry, data))
        .compose(config -> describe(entry, config));
  }

  private Future<Found> describe(InventoryEntry entry, GuestConfig config) {
    return read(entry, "/status/current")
        .map(
            data ->
                new Found(
                    new Guest(
                        entry.ref(),
                        InventoryEntry.name(data, entry.name()),
                        InventoryEntry.status(data.path("status").asText("")),
                        false,
                        config.identity(),
                        data.path("pid").asLong(),
                        endpoint()),
                    config.display(),
                    config.terminal()));
  }

  /** What the guest on its node is by now; empty where it has left the node. */
  Future<Optional<GuestIdentity>> identity(Guest guest) {
    InventoryEntry entry =
        new InventoryEntry(guest.ref(), guest.name(), guest.status(), guest.template());
    return session
        .answer(ApiCall.get(path(guest.ref()) + "/config", Step.GUEST))
        .compose(
            answer -> {
              if (AnswerFailures.saysMoved(answer)) {
                return Future.succeededFuture(Optional.empty());
              }
              return answer.ok() && answer.hasData()
                  ? Future.succeededFuture(
                      Optional.of(GuestConfig.parse(entry, answer.data()).identity()))
                  : Failures.future(session.failure(Step.GUEST, answer, guest.ref()));
            });
  }

  private static String path(GuestRef ref) {
    return "/nodes/" + Percent.encode(ref.node()) + "/" + ref.type().path() + "/" + ref.vmid();
  }

  private ProxmoxEndpoint endpoint() {
    return session.peer().endpoint();
  }

  /** A node that is away is noticed long before Proxmox gives up its own hop to it after 30 s. */
  private Future<JsonNode> read(InventoryEntry entry, String what) {
    GuestRef ref = entry.ref();
    ProxmoxFailure silent =
        new GuestFailure.NodeAway(
            Step.GUEST, ref.node(), "no answer within " + NODE.toSeconds() + " s");
    return Deadline.within(
            session.vertx(),
            NODE,
            Step.GUEST,
            session.data(ApiCall.get(path(ref) + what, Step.GUEST), ref),
            late -> {})
        .recover(
            thrown ->
                Failures.of(Step.GUEST, thrown) instanceof ServiceFailure.TimedOut
                    ? Failures.future(silent)
                    : Future.failedFuture(thrown));
  }
}
