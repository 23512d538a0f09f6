// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live viewers of this relay, at most one for each session. Safe from any thread. */
public final class Viewers implements GrantListener {

  private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int ID_BYTES = 16;
  private static final String BUSY = "RelayBusy";

  private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();
  private final SecureRandom random;
  private final ViewerServices services;
  private volatile Instant warned = Instant.MIN;

  public Viewers(ViewerServices services, SecureRandom random) {
    this.services = services;
    this.random = random;
  }

  /**
   * Begins a viewer on the current event loop; an older one of the same session is closed. Closes
   * the browser's socket where there is no room for one more.
   *
   * @param address of the browser, as far as it is known
   */
  public void begin(Grant grant, String address, BrowserSocket browser) {
    String name = grant.name();
    if (viewers.size() >= limit() && !viewers.containsKey(name)) {
      refuse(grant, address, browser);
      return;
    }
    Viewer[] self = new Viewer[1];
    Viewer viewer =
        new Viewer(services, grant, newId(), address, browser, () -> viewers.remove(name, self[0]));
    self[0] = viewer;
    Viewer older = viewers.put(name, viewer);
    if (older != null) {
      older.replace();
    }
    viewer.start(older == null ? null : older.id());
  }

  private void refuse(Grant grant, String address, BrowserSocket browser) {
    CloseCode full = CloseCode.RELAY_BUSY;
    services.metrics().closed(full.code(), BUSY);
    services.audit().refused(grant.name(), Optional.of(grant), address, BUSY);
    browser.close(full.code(), BUSY);
    warn();
  }

  /** Those who are refused come back, so one line stands for all of its minute. */
  private void warn() {
    Instant now = services.clock().instant();
    if (now.isAfter(warned.plus(PAUSE))) {
      warned = now;
      LOG.atWarn()
          .addKeyValue("viewers", size())
          .addKeyValue("cure", "more replicas, or a larger memory limit in spec.relay.resources")
          .log("no room for one more console");
    }
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The viewer of a session. */
  public Optional<Viewer> find(String session) {
    return Optional.ofNullable(viewers.get(session));
  }

  /** How many there are. */
  public int size() {
    return viewers.size();
  }

  /** How many there may be. */
  public int limit() {
    return services.room().consoles(services.registry().size());
  }

  /**
   * Closes all, evenly spread over a time so that their pages do not come back all at once.
   *
   * @return completes when each of them is closed
   */
  public Future<Void> closeAll(CloseCode code, String reason, Duration spread) {
    List<Viewer> all = List.copyOf(viewers.values());
    List<Future<Void>> closed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Viewer viewer = all.get(i);
      Promise<Void> done = Promise.promise();
      closed.add(done.future());
      long delay = 1 + spread.toMillis() * i / all.size();
      services.vertx().setTimer(delay, id -> viewer.run(() -> close(viewer, code, reason, done)));
    }
    return Future.join(closed).mapEmpty();
  }

  /** Gives back at once the places of viewers whose browsers have just left. */
  public void departNow() {
    services.departures().now();
  }

  private static void close(Viewer viewer, CloseCode code, String reason, Promise<Void> done) {
    try {
      viewer.close(code, reason);
    } finally {
      done.complete();
    }
  }

  @Override
  public void changed(Grant grant) {
    find(grant.name()).ifPresent(viewer -> viewer.run(() -> viewer.changed(grant)));
  }

  @Override
  public void removed(String name, TerminationReason reason) {
    find(name).ifPresent(viewer -> viewer.run(() -> viewer.removed(reason)));
  }
}
