// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.pveconsole.relay.proxmox.GuestIdentity;
import io.pveconsole.relay.proxmox.ProxmoxClient;
import io.pveconsole.relay.proxmox.ProxmoxException;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.pveconsole.relay.proxmox.ServiceFailure;
import io.pveconsole.relay.proxmox.Step;
import io.pveconsole.relay.proxmox.StepEvent;
import io.pveconsole.relay.proxmox.StepListener;
import io.pveconsole.relay.rfb.AuthenticationException;
import io.pveconsole.relay.rfb.OtherAuthenticationException;
import io.pveconsole.relay.rfb.Progress;
import io.pveconsole.relay.rfb.UpstreamHandshake;
import io.pveconsole.relay.terminal.TerminalLogin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens a guest's console up to the point where its display or terminal has let the relay in. */
final class TunnelOpener {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TRIES = 4;
  private static final int MIN_WAIT_MILLIS = 200;
  private static final int MAX_WAIT_MILLIS = 2000;

  private final Vertx vertx;
  private final ProxmoxClient client;
  private final int vmid;
  private final @Nullable GuestIdentity expected;
  private final StepListener listener;

  TunnelOpener(
      Vertx vertx,
      ProxmoxClient client,
      int vmid,
      @Nullable GuestIdentity expected,
      StepListener listener) {
    this.vertx = vertx;
    this.client = client;
    this.vmid = vmid;
    this.expected = expected;
    this.listener = listener;
  }

  /** Opens; fails with {@link ProxmoxException} only. */
  Future<OpenTunnel> open(ConsoleKind kind) {
    return kind == ConsoleKind.VNC ? vnc(1, UpstreamHandshake::guessing) : terminal();
  }

  private Future<OpenTunnel> vnc(int attempt, Function<String, UpstreamHandshake> manner) {
    return client
        .openVnc(vmid, expected, listener)
        .compose(this::wanted)
        .compose(
            tunnel -> {
              String password = tunnel.vncPassword().map(secret -> secret.reveal()).orElse("");
              UpstreamHandshake handshake = manner.apply(password);
              return authenticate(tunnel, handshake::feed, attempt < TRIES);
            })
        .recover(
            thrown ->
                switch (thrown) {
                  case OtherAuthenticationException other ->
                      vnc(attempt, UpstreamHandshake::asking);
                  case AuthenticationException refused ->
                      later().compose(v -> vnc(attempt + 1, manner));
                  default -> Future.failedFuture(thrown);
                });
  }

  /** A console that nobody waits for any more is connected only to free its port. */
  private Future<ConsoleTunnel> wanted(ConsoleTunnel tunnel) {
    return listener.abandonment().isDone()
        ? tunnel.close().transform((v, failure) -> closed())
        : Future.succeededFuture(tunnel);
  }

  private static <T> Future<T> closed() {
    return Future.failedFuture(new ServiceFailure.Closed().toException());
  }

  private Future<Void> later() {
    Promise<Void> promise = Promise.promise();
    vertx.setTimer(
        ThreadLocalRandom.current().nextInt(MIN_WAIT_MILLIS, MAX_WAIT_MILLIS),
        id -> promise.complete());
    return promise.future();
  }

  private Future<OpenTunnel> terminal() {
    return client
        .openTerminal(vmid, expected, listener)
        .compose(this::wanted)
        .compose(
            tunnel -> {
              TerminalLogin login = new TerminalLogin();
              Future<OpenTunnel> open =
                  authenticate(
                      tunnel, data -> new Progress(Buffer.buffer(), login.feed(data)), false);
              tunnel.terminalLogin().ifPresent(line -> tunnel.write(Buffer.buffer(line.reveal())));
              return open;
            });
  }

  /** One side of a handshake that takes bytes. */
  private interface Handshake {
    Progress feed(Buffer data);
  }

  private Future<OpenTunnel> authenticate(
      ConsoleTunnel tunnel, Handshake handshake, boolean mayTryAgain) {
    listener.step(new StepEvent(Step.RFB, StepEvent.State.STARTED, null, null));
    long began = System.nanoTime();
    Promise<OpenTunnel> promise = Promise.promise();
    long timer =
        vertx.setTimer(
            LIMIT.toMillis(),
            id -> promise.tryFail(new ServiceFailure.TimedOut(Step.RFB, LIMIT).toException()));
    Runnable giveUp = () -> promise.tryFail(new ServiceFailure.Closed().toException());
    listener.abandonment().listen(giveUp);
    tunnel.closeHandler(
        v -> promise.tryFail(new ServiceFailure.ConsoleLost(tunnel.guest().ref()).toException()));
    tunnel.handler(
        data -> {
          try {
            Progress progress = handshake.feed(data);
            if (progress.send().length() > 0) {
              tunnel.write(progress.send()).onFailure(promise::tryFail);
            }
            Buffer rest = progress.rest();
            if (rest != null) {
              tunnel.pause();
              promise.tryComplete(new OpenTunnel(tunnel, rest));
            }
          } catch (RuntimeException e) {
            promise.tryFail(e);
          }
        });
    tunnel.resume();
    return promise
        .future()
        .onComplete(
            (open, failure) -> {
              vertx.cancelTimer(timer);
              listener.abandonment().forget(giveUp);
              tunnel.authenticationDone();
              tunnel.closeHandler(null);
              tunnel.handler(null);
            })
        .onSuccess(open -> report(StepEvent.State.OK, began, null))
        .recover(
            thrown -> {
              boolean again =
                  thrown instanceof OtherAuthenticationException
                      || (mayTryAgain && thrown instanceof AuthenticationException);
              return tunnel
                  .close()
                  .transform(
                      (done, failure) ->
                          again ? Future.failedFuture(thrown) : explained(tunnel, thrown))
                  .onFailure(
                      last -> {
                        if (!again) {
                          report(StepEvent.State.FAILED, began, known(last).failure());
                        }
                      });
            });
  }

  /** Proxmox ends a console without a word where there is nothing to show; so it is asked. */
  private Future<OpenTunnel> explained(ConsoleTunnel tunnel, Throwable thrown) {
    ProxmoxException known = known(thrown);
    return known.failure() instanceof ServiceFailure.ConsoleLost
        ? client.explainLoss(tunnel.guest()).compose(why -> Future.failedFuture(why.toException()))
        : Future.failedFuture(known);
  }

  private void report(StepEvent.State state, long began, @Nullable ProxmoxFailure failure) {
    listener.step(
        new StepEvent(Step.RFB, state, Duration.ofNanos(System.nanoTime() - began), failure));
  }

  private static ProxmoxException known(Throwable thrown) {
    if (thrown instanceof ProxmoxException known) {
      return known;
    }
    return thrown instanceof AuthenticationException
        ? new ServiceFailure.Busy(Step.RFB, "other consoles of this guest were faster")
            .toException()
        : new ServiceFailure.ProtocolError(Step.RFB, String.valueOf(thrown.getMessage()))
            .toException();
  }
}
