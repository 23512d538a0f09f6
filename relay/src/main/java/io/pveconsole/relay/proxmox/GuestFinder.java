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

  /**
   * A guest with its status of this moment.
   *
   * @param run null where it does not run, or Proxmox does not say
   */
  record Found(Guest guest, GuestConfig config, @Nullable GuestRun run) {}

  /** What tells where the guest is. */
  sealed interface Lead {
    /** All guests that the account may see. */
    record Listed(List<InventoryEntry> inventory) implements Lead {}

    /** It is where it was. */
    record Seen(InventoryEntry entry, GuestConfig config) implements Lead {}

    /** It is in the same run as it was. */
    record Running(Found found) implements Lead {}
  }

  /**
   * Looks where the guest was, and else at the list of all guests, which is long and which Proxmox
   * puts together for each call.
   *
   * @param last what was last found of it, null for nothing
   */
  Future<Lead> lead(@Nullable Sighting last, Step step) {
    if (last == null) {
      return listed(step);
    }
    GuestRun run = last.run();
    return (run == null ? whereItWas(last, step) : asItRan(last, run, step))
        .compose(lead -> lead.map(Future::succeededFuture).orElseGet(() -> listed(step)));
  }

  /** While a guest runs on, its configuration need not be read again. */
  private Future<Optional<Lead>> asItRan(Sighting last, GuestRun run, Step step) {
    return look(status(last.entry().ref(), step))
        .compose(
            status -> {
              if (status.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
              }
              Found found = found(last.entry(), last.config(), status.get());
              return run.isSame(found.run())
                  ? Future.succeededFuture(Optional.of(new Lead.Running(found)))
                  : whereItWas(last, step);
            });
  }

  /** Empty where the guest is not there, is not surely that guest, or its node does not answer. */
  private Future<Optional<Lead>> whereItWas(Sighting last, Step step) {
    return look(config(last.entry().ref(), step))
        .map(
            answer ->
                answer
                    .map(data -> GuestConfig.parse(last.entry(), data))
                    .filter(GuestConfig::conclusive)
                    .map(config -> new Lead.Seen(last.entry(), config)));
  }

  private Future<Optional<JsonNode>> look(ApiCall call) {
    return Deadline.within(
            session.vertx(), WHERE_IT_WAS, call.step(), session.answer(call), late -> {})
        .map(
            answer ->
                answer.ok() && answer.hasData()
                    ? Optional.of(answer.data())
                    : Optional.<JsonNode>empty())
        .recover(
            thrown -> {
              if (!(Failures.of(call.step(), thrown) instanceof ServiceFailure.TimedOut)) {
                return Future.failedFuture(thrown);
              }
              session.close();
              return Future.succeededFuture(Optional.empty());
            });
  }

  private Future<Lead> listed(Step step) {
    return inventory(step).map(Lead.Listed::new);
  }

  /** The guest that the lead leads to, with its status of this moment. */
  Future<Found> find(int vmid, Lead lead) {
    return switch (lead) {
      case Lead.Listed listed -> find(vmid, listed.inventory());
      case Lead.Seen seen -> describe(seen.entry(), seen.config());
      case Lead.Running running -> Future.succeededFuture(running.found());
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
        new GuestConfig(identity, false, false, false),
        null);
  }

  private Future<Found> describe(InventoryEntry entry) {
    return read(entry.ref(), config(entry.ref(), Step.GUEST))
        .map(data -> GuestConfig.parse(entry, data))
        .compose(config -> describe(entry, config));
  }

  private Future<Found> describe(InventoryEntry entry, GuestConfig config) {
    return read(entry.ref(), status(entry.ref(), Step.GUEST))
        .map(status -> found(entry, config, status));
  }

  private Found found(InventoryEntry entry, GuestConfig config, JsonNode status) {
    return new Found(
        new Guest(
            entry.ref(),
            InventoryEntry.name(status, entry.name()),
            InventoryEntry.status(status.path("status").asText("")),
            false,
            config.identity(),
            status.path("pid").asLong(),
            endpoint()),
        config,
        GuestRun.of(status, session.clock().instant()));
  }

  /** What the guest on its node is by now; empty where it has left the node. */
  Future<Optional<GuestIdentity>> identity(Guest guest) {
    InventoryEntry entry = InventoryEntry.of(guest);
    return session
        .answer(config(guest.ref(), Step.GUEST))
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

  private static ApiCall status(GuestRef ref, Step step) {
    return ApiCall.get(path(ref) + "/status/current", step);
  }

  /** As it runs: without {@code current} Proxmox tells what holds from the next start on. */
  private static ApiCall config(GuestRef ref, Step step) {
    return ApiCall.get(path(ref) + "/config", Map.of("current", "1"), step);
  }

  private static String path(GuestRef ref) {
    return "/nodes/" + Percent.encode(ref.node()) + "/" + ref.type().path() + "/" + ref.vmid();
  }

  private ProxmoxEndpoint endpoint() {
    return session.peer().endpoint();
  }

  /** A node that is away is noticed long before Proxmox gives up its own hop to it after 30 s. */
  private Future<JsonNode> read(GuestRef ref, ApiCall call) {
    ProxmoxFailure silent =
        new GuestFailure.NodeAway(
            Step.GUEST, ref.node(), "no answer within " + NODE.toSeconds() + " s");
    return Deadline.within(session.vertx(), NODE, Step.GUEST, session.data(call, ref), late -> {})
        .recover(
            thrown ->
                Failures.of(Step.GUEST, thrown) instanceof ServiceFailure.TimedOut
                    ? Failures.future(silent)
                    : Future.failedFuture(thrown));
  }
}
