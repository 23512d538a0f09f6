// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds guests over one session. */
final class GuestFinder {

  private static final Duration NODE = Duration.ofSeconds(8);

  private final ApiSession session;

  GuestFinder(ApiSession session) {
    this.session = session;
  }

  /** A guest with what its configuration says of its display and its serial ports. */
  record Found(Guest guest, boolean display, boolean terminal) {}

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
        .compose(
            config ->
                read(entry, "/status/current")
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
                                config.terminal())));
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
