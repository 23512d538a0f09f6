// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
                                    data.path("name").asText(entry.name()),
                                    InventoryEntry.status(data.path("status").asText("")),
                                    false,
                                    config.identity(),
                                    data.path("pid").asLong(),
                                    endpoint()),
                                config.display(),
                                config.terminal())));
  }

  private ProxmoxEndpoint endpoint() {
    return session.peer().endpoint();
  }

  /** A node that is away is noticed long before Proxmox gives up its own hop to it after 30 s. */
  private Future<JsonNode> read(InventoryEntry entry, String what) {
    GuestRef ref = entry.ref();
    String path = "/nodes/" + Percent.encode(ref.node()) + "/" + ref.type().path() + "/";
    ProxmoxFailure silent =
        new GuestFailure.NodeAway(
            Step.GUEST, ref.node(), "no answer within " + NODE.toSeconds() + " s");
    return Deadline.within(
            session.vertx(),
            NODE,
            Step.GUEST,
            session.data(ApiCall.get(path + ref.vmid() + what, Step.GUEST), ref),
            late -> {})
        .recover(
            thrown ->
                Failures.of(Step.GUEST, thrown) instanceof ServiceFailure.TimedOut
                    ? Failures.future(silent)
                    : Future.failedFuture(thrown));
  }
}
