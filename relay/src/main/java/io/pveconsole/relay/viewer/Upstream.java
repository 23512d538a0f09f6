// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.host.Access;
import io.pveconsole.relay.proxmox.Abandonment;
import io.pveconsole.relay.proxmox.Guest;
import io.pveconsole.relay.proxmox.GuestIdentity;
import io.pveconsole.relay.proxmox.ProxmoxClient;
import io.pveconsole.relay.proxmox.ProxmoxException;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.pveconsole.relay.proxmox.ServiceFailure;
import io.pveconsole.relay.proxmox.Step;
import io.pveconsole.relay.proxmox.StepEvent;
import io.pveconsole.relay.proxmox.StepListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the guest: gone once, told of step by step, explained when it is lost. Belongs to one
 * event loop; its events also come after the browser is gone.
 */
final class Upstream {

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  /** Who hears how it went. */
  interface Events {

    /** The guest let the relay in. */
    void opened(OpenTunnel open);

    /** The guest was not reached, or was lost; the reason is known. */
    void failed(ProxmoxFailure failure);

    /** Proxmox cannot be asked: what is known was noted. */
    void unreachable(String reason);
  }

  private final ViewerServices services;
  private final GrantRecord record;
  private final BrowserSocket browser;
  private final Events events;
  private final StepTeller teller;
  private @Nullable Attempt attempt;
  private @Nullable ProxmoxClient client;
  private @Nullable Guest guest;

  Upstream(ViewerServices services, GrantRecord record, BrowserSocket browser, Events events) {
    this.services = services;
    this.record = record;
    this.browser = browser;
    this.events = events;
    this.teller = new StepTeller(services.vertx(), browser);
  }

  /**
   * Looks for the guest while the viewer's arrival is still being written: neither does Proxmox
   * notice more than reading, nor is an outcome told before {@link #open}.
   */
  void prepare(Grant grant) {
    if (services.access().current() instanceof Access.Ready(var ready, var settings)) {
      begin(grant, ready);
    }
  }

  /** Opens the console of the grant as it is now. */
  void open(Grant grant) {
    Attempt prepared = attempt;
    if (prepared != null && Objects.equals(prepared.expected, expected(grant))) {
      prepared.admission.complete();
      return;
    }
    if (prepared != null) {
      prepared.giveUp();
    }
    switch (services.access().current()) {
      case Access.Unusable(String reason, String message) -> {
        record.unusable(reason, message);
        browser.control(
            new JsonObject()
                .put("t", "step")
                .put("step", "auth")
                .put("state", "failed")
                .put("reason", reason));
        events.unreachable(reason);
      }
      case Access.Ready(var ready, var settings) -> begin(grant, ready).admission.complete();
    }
  }

  private Attempt begin(Grant grant, ProxmoxClient ready) {
    Attempt begun = new Attempt(expected(grant));
    attempt = begun;
    client = ready;
    new TunnelOpener(services.vertx(), ready, grant.spec().target().vmid(), begun.expected, begun)
        .open(grant.spec().console())
        .onSuccess(this::opened)
        .onFailure(thrown -> begun.notOpened(grant.name(), thrown));
    return begun;
  }

  private static @Nullable GuestIdentity expected(Grant grant) {
    var known = grant.status().target();
    return known == null || known.identity() == null ? null : new GuestIdentity(known.identity());
  }

  /** Nobody waits any more: what is under way ends, and gives its place in the queues back. */
  void abandon() {
    if (attempt != null) {
      attempt.giveUp();
    }
  }

  /** One open, of a guest that was seen as it is expected now. */
  private final class Attempt implements StepListener {
    private final @Nullable GuestIdentity expected;
    private final Promise<Void> admission = Promise.promise();
    private final Abandonment abandonment = new Abandonment();

    Attempt(@Nullable GuestIdentity expected) {
      this.expected = expected;
    }

    void giveUp() {
      abandonment.now();
      admission.tryFail(new ServiceFailure.Closed().toException());
    }

    /** An open that was never to be is none that failed. */
    void notOpened(String session, Throwable thrown) {
      if (admission.future().succeeded()) {
        Upstream.this.notOpened(session, thrown);
      }
    }

    @Override
    public void step(StepEvent event) {
      if (this == attempt) {
        Upstream.this.step(event);
      }
    }

    @Override
    public void queued(int position) {
      teller.now();
      browser.control(ControlMessages.queue(position));
    }

    @Override
    public Future<Void> admission() {
      return admission.future();
    }

    @Override
    public Abandonment abandonment() {
      return abandonment;
    }
  }

  private void step(StepEvent event) {
    teller.tell(event);
    Duration took = event.took();
    if (took != null) {
      ProxmoxFailure failure = event.failure();
      services
          .metrics()
          .step(event.step().wireName(), failure == null ? "Ok" : failure.reason().name(), took);
    }
  }

  private void opened(OpenTunnel open) {
    teller.end();
    services.metrics().count("opens", "Ok");
    guest = open.tunnel().guest();
    events.opened(open);
  }

  private void notOpened(String session, Throwable thrown) {
    teller.end();
    ProxmoxFailure failure =
        thrown instanceof ProxmoxException known
            ? known.failure()
            : new ServiceFailure.ProtocolError(Step.RFB, thrown.getClass().getSimpleName());
    services.metrics().count("opens", failure.reason().name());
    LOG.atInfo()
        .addKeyValue("sessionUid", session)
        .addKeyValue("step", failure.step().wireName())
        .addKeyValue("reason", failure.reason().name())
        .log("console not opened");
    events.failed(failure);
  }

  /** Asks Proxmox why the open console ended. */
  void explainLoss() {
    ProxmoxClient asked = client;
    Guest shown = guest;
    if (asked != null && shown != null) {
      asked
          .explainLoss(shown)
          .onSuccess(events::failed)
          .onFailure(thrown -> events.unreachable("ConsoleLost"));
    }
  }
}
