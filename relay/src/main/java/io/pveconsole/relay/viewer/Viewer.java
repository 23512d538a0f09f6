// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.host.Access;
import io.pveconsole.relay.proxmox.FailureReason;
import io.pveconsole.relay.proxmox.Guest;
import io.pveconsole.relay.proxmox.GuestIdentity;
import io.pveconsole.relay.proxmox.ProxmoxClient;
import io.pveconsole.relay.proxmox.ProxmoxException;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.pveconsole.relay.proxmox.ServiceFailure;
import io.pveconsole.relay.proxmox.Step;
import io.pveconsole.relay.proxmox.StepEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One person looking at one guest: the way to the guest, the policy and the clocks. The browser's
 * socket is given to it. It lives on one event loop; from elsewhere call {@link #run}.
 */
public final class Viewer implements BrowserSocket.Events, Console.Events, IdleClock.Events {

  private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);
  private static final long SECOND = 1000;

  private final ViewerServices services;
  private final Context context;
  private final String id;
  private final String address;
  private final BrowserSocket browser;
  private final Runnable onClosed;
  private final GrantRecord record;
  private final IdleClock idle;
  private Grant grant;
  private Policy policy;
  private @Nullable Console console;
  private @Nullable ProxmoxClient client;
  private @Nullable Guest guest;
  private boolean arrived;
  private boolean closed;
  private long ticker;
  private long expiry;

  /** A viewer that has not begun; must be made on the event loop of its socket. */
  public Viewer(
      ViewerServices services,
      Grant grant,
      String id,
      String address,
      BrowserSocket browser,
      Runnable onClosed) {
    this.services = services;
    this.context = services.vertx().getOrCreateContext();
    this.grant = grant;
    this.id = id;
    this.address = address;
    this.browser = browser;
    this.onClosed = onClosed;
    this.policy = Policy.of(grant);
    this.record = new GrantRecord(services, grant, id, address);
    this.idle = new IdleClock(services.vertx(), policy.idleTimeout(), this);
  }

  /** Runs something on this viewer's event loop. */
  public void run(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  /** Greets the browser, takes the viewer's place, and opens the console. */
  public void start() {
    browser.begin(this);
    browser.control(ControlMessages.hello(id, grant, policy, services.clock().instant()));
    services.audit().opening(grant, id, address);
    schedule();
    ticker = services.vertx().setPeriodic(SECOND, t -> tick());
    record
        .arrive()
        .compose(
            now -> {
              arrived = true;
              changed(services.registry().find(now.name()).orElse(now));
              return closed ? Future.succeededFuture(true) : record.mayStay(now);
            })
        .onSuccess(
            stays -> {
              if (!stays) {
                close(CloseCode.GUEST_BUSY, "GuestBusy");
              } else if (!closed) {
                open();
              }
            })
        .onFailure(
            thrown -> {
              LOG.atWarn().addKeyValue("error", thrown.toString()).log("cannot note a viewer");
              close(CloseCode.CONTROL_PLANE_LOST, "ControlPlaneLost");
            });
  }

  private void open() {
    switch (services.access().current()) {
      case Access.Unusable(String reason, String message) -> {
        record.unusable(reason, message);
        browser.control(
            new JsonObject()
                .put("t", "step")
                .put("step", "auth")
                .put("state", "failed")
                .put("reason", reason));
        close(CloseCode.UPSTREAM_LOST, reason);
      }
      case Access.Ready(var ready, var settings) -> open(ready);
    }
  }

  private void open(ProxmoxClient ready) {
    client = ready;
    new TunnelOpener(services.vertx(), ready, grant.spec().target().vmid(), expected(), this::step)
        .open(grant.spec().console())
        .onSuccess(this::opened)
        .onFailure(this::notOpened);
  }

  private @Nullable GuestIdentity expected() {
    var known = grant.status().target();
    return known == null || known.identity() == null ? null : new GuestIdentity(known.identity());
  }

  private void step(StepEvent event) {
    browser.control(ControlMessages.step(event));
    Duration took = event.took();
    if (took != null) {
      ProxmoxFailure failure = event.failure();
      services
          .metrics()
          .step(event.step().wireName(), failure == null ? "Ok" : failure.reason().name(), took);
    }
  }

  private void opened(OpenTunnel open) {
    services.metrics().count("opens", "Ok");
    if (closed) {
      open.tunnel()
          .close()
          .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("upstream"));
      return;
    }
    guest = open.tunnel().guest();
    ByteCounters counters =
        new ByteCounters(services.metrics().bytes("up"), services.metrics().bytes("down"));
    Console ready =
        grant.spec().console() == ConsoleKind.VNC
            ? new VncConsole(open.tunnel(), browser, policy, counters, this)
            : new TerminalConsole(open.tunnel(), open.rest(), browser, policy, counters, this);
    console = ready;
    browser.control(ControlMessages.ready(open.tunnel().guest().name()));
    idle.start();
    ready.start();
    record.connected(open.tunnel().guest());
  }

  private void notOpened(Throwable thrown) {
    ProxmoxFailure failure =
        thrown instanceof ProxmoxException known
            ? known.failure()
            : new ServiceFailure.ProtocolError(Step.RFB, thrown.getClass().getSimpleName());
    services.metrics().count("opens", failure.reason().name());
    if (closed) {
      return;
    }
    LOG.atInfo()
        .addKeyValue("sessionUid", grant.name())
        .addKeyValue("step", failure.step().wireName())
        .addKeyValue("reason", failure.reason().name())
        .log("console not opened");
    upstreamFailed(failure);
  }

  private void upstreamFailed(ProxmoxFailure failure) {
    if (failure.reason() == FailureReason.TargetChanged) {
      end(TerminationReason.TargetChanged);
      return;
    }
    record.failed(failure);
    close(
        failure.reason() == FailureReason.TargetStopped
            ? CloseCode.TARGET_STOPPED
            : CloseCode.UPSTREAM_LOST,
        failure.reason().name());
  }

  @Override
  public void lost() {
    ProxmoxClient asked = client;
    Guest shown = guest;
    if (closed || asked == null || shown == null) {
      return;
    }
    asked
        .explainLoss(shown)
        .onSuccess(
            failure -> {
              if (!closed) {
                upstreamFailed(failure);
              }
            })
        .onFailure(thrown -> close(CloseCode.UPSTREAM_LOST, "ConsoleLost"));
  }

  /** A new version of the grant. */
  public void changed(Grant now) {
    if (closed || !now.uid().equals(grant.uid())) {
      return;
    }
    grant = now;
    if (now.status().ended() != null) {
      close(CloseCode.of(now.status().ended().reason()), now.status().ended().reason().name());
    } else if (now.over(services.clock().instant()).isPresent()) {
      end(now.over(services.clock().instant()).get());
    } else if (arrived && now.viewer().filter(v -> !v.id().equals(id)).isPresent()) {
      takenOver();
    } else {
      apply(Policy.of(now));
    }
  }

  private void apply(Policy now) {
    if (now.equals(policy)) {
      return;
    }
    policy = now;
    schedule();
    idle.limit(now.idleTimeout());
    Console open = console;
    if (open != null) {
      open.policy(now);
    }
    browser.control(ControlMessages.policy(now, services.clock().instant()));
  }

  private void schedule() {
    services.vertx().cancelTimer(expiry);
    long left = Duration.between(services.clock().instant(), policy.expires()).toMillis();
    expiry = services.vertx().setTimer(Math.max(1, left + 1), t -> expire());
  }

  private void expire() {
    if (services.clock().instant().isBefore(policy.expires())) {
      schedule();
    } else {
      changed(grant);
    }
  }

  /** The grant was deleted. */
  public void removed(TerminationReason reason) {
    close(CloseCode.of(reason), reason.name());
  }

  /** A newer tab shows the session now. */
  public void takenOver() {
    close(CloseCode.TAKEN_OVER, "TakenOver");
  }

  /** Ends the session for good. */
  public void end(TerminationReason reason) {
    if (!closed) {
      record.end(reason);
      close(CloseCode.of(reason), reason.name());
    }
  }

  /** Closes both legs, once. */
  public void close(CloseCode code, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    services.vertx().cancelTimer(ticker);
    services.vertx().cancelTimer(expiry);
    idle.stop();
    Console open = console;
    if (open != null) {
      open.close();
    }
    browser.close(code.code(), reason);
    onClosed.run();
    if (code != CloseCode.TAKEN_OVER) {
      record.leave();
    }
    services.metrics().count("closes", reason);
    services.audit().closed(grant, id, address, code.code(), reason);
  }

  private void tick() {
    Console open = console;
    if (open != null) {
      open.tick();
    }
  }

  @Override
  public void bytes(Buffer data) {
    Console open = console;
    if (open == null) {
      close(CloseCode.PROTOCOL_ERROR, "ProtocolError");
    } else {
      open.fromBrowser(data);
    }
  }

  @Override
  public void control(JsonObject message) {
    Object type = message.getValue("t");
    Console open = console;
    if ("ping".equals(type) && message.getValue("n") instanceof Number n) {
      browser.control(ControlMessages.pong(n));
    } else if ("bye".equals(type)) {
      close(CloseCode.DONE, "");
    } else if ("resize".equals(type)
        && open != null
        && message.getValue("cols") instanceof Number columns
        && message.getValue("rows") instanceof Number rows) {
      open.resize(columns.intValue(), rows.intValue());
    }
  }

  @Override
  public void broken(String what) {
    LOG.atInfo().addKeyValue("error", what).log("the browser broke the protocol");
    close(CloseCode.PROTOCOL_ERROR, "ProtocolError");
  }

  @Override
  public void drained() {
    Console open = console;
    if (open != null) {
      open.browserDrained();
    }
  }

  @Override
  public void gone() {
    close(CloseCode.DONE, "BrowserGone");
  }

  @Override
  public void input() {
    idle.touch();
  }

  @Override
  public void fail(CloseCode code, String reason) {
    close(code, reason);
  }

  @Override
  public void warn(Duration left) {
    browser.control(ControlMessages.idle(left));
  }

  @Override
  public void active() {
    browser.control(ControlMessages.active());
  }

  @Override
  public void timeout() {
    end(TerminationReason.IdleTimeout);
  }
}
