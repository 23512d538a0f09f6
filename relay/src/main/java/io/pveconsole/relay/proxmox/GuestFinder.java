// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Finds guests over one session. */
final class GuestFinder {

  private final ApiSession session;

  GuestFinder(ApiSession session) {
    this.session = session;
  }

  /** A guest with what its configuration says of its display. */
  record Found(Guest guest, boolean display) {}

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

  private static Found template(InventoryEntry entry) {
    GuestIdentity identity = new GuestIdentity("template:" + entry.ref().vmid());
    return new Found(
        new Guest(entry.ref(), entry.name(), GuestStatus.STOPPED, true, identity), false);
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
                                    config.identity()),
                                config.display())));
  }

  private Future<JsonNode> read(InventoryEntry entry, String what) {
    GuestRef ref = entry.ref();
    String path = "/nodes/" + Percent.encode(ref.node()) + "/" + ref.type().path() + "/";
    return session.data(ApiCall.get(path + ref.vmid() + what, Step.GUEST), ref);
  }
}
