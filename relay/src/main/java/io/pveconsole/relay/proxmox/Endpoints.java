// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint to ask first: the one on the guest's node if known, then those that work, in turn,
 * then those that failed, the longest rested first. Safe for use from any thread.
 */
final class Endpoints {

  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 6;
  private static final int MAX_GUESTS = 4096;

  private final List<ProxmoxEndpoint> all;
  private final Clock clock;
  private final Map<ProxmoxEndpoint, Rest> resting = new HashMap<>();
  private final Map<ProxmoxEndpoint, String> nodes = new HashMap<>();
  private final Map<Integer, Sighting> guests =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Sighting> eldest) {
          return size() > MAX_GUESTS;
        }
      };
  private int turn;

  private record Rest(int failures, Instant until) {}

  Endpoints(List<ProxmoxEndpoint> all, Clock clock) {
    this.all = List.copyOf(all);
    this.clock = clock;
  }

  List<ProxmoxEndpoint> all() {
    return all;
  }

  /** All endpoints, best first. */
  synchronized List<ProxmoxEndpoint> order(int vmid) {
    Instant now = clock.instant();
    List<ProxmoxEndpoint> order = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      order.add(all.get((turn + i) % all.size()));
    }
    turn = (turn + 1) % all.size();
    Sighting guest = guests.get(vmid);
    String node = guest == null ? null : guest.entry().ref().node();
    order.sort(
        Comparator.<ProxmoxEndpoint, Instant>comparing(e -> restsUntil(e, now))
            .thenComparingInt(e -> node != null && node.equals(nodes.get(e)) ? 0 : 1));
    return order;
  }

  synchronized void works(ProxmoxEndpoint endpoint) {
    resting.remove(endpoint);
  }

  synchronized void failed(ProxmoxEndpoint endpoint) {
    Rest before = resting.get(endpoint);
    int failures = before == null ? 0 : Math.min(before.failures() + 1, MAX_DOUBLINGS);
    resting.put(
        endpoint,
        new Rest(failures, clock.instant().plus(FIRST_REST.multipliedBy(1L << failures))));
  }

  /** Remembers which node answered, as told by the task id of a console it opened. */
  synchronized void isOnNode(ProxmoxEndpoint endpoint, String node) {
    if (all.contains(endpoint)) {
      nodes.put(endpoint, node);
    }
  }

  /** Remembers where a guest was found. */
  synchronized void seen(Sighting guest) {
    guests.put(guest.entry().ref().vmid(), guest);
  }

  /** What was last found of a guest, null for nothing. */
  synchronized @Nullable Sighting lastSeen(int vmid) {
    return guests.get(vmid);
  }

  synchronized @Nullable String nodeOf(ProxmoxEndpoint endpoint) {
    return nodes.get(endpoint);
  }

  /** A working endpoint of the node. */
  synchronized Optional<ProxmoxEndpoint> of(String node) {
    Instant now = clock.instant();
    return all.stream()
        .filter(e -> node.equals(nodes.get(e)) && restsUntil(e, now).equals(Instant.MIN))
        .findFirst();
  }

  private Instant restsUntil(ProxmoxEndpoint endpoint, Instant now) {
    Rest rest = resting.get(endpoint);
    return rest == null || !rest.until().isAfter(now) ? Instant.MIN : rest.until();
  }
}
