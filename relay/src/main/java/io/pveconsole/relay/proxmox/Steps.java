// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Tells a listener how each step goes, and how long it takes. */
final class Steps {

  private final StepListener listener;
  private final Clock clock;

  Steps(StepListener listener, Clock clock) {
    this.listener = listener;
    this.clock = clock;
  }

  <T> Future<T> run(Step step, Supplier<Future<T>> work) {
    return listener.abandonment().isDone()
        ? Failures.future(new ServiceFailure.Closed())
        : runAnyway(step, work);
  }

  /** The same also when nobody waits for the outcome any more. */
  <T> Future<T> runAnyway(Step step, Supplier<Future<T>> work) {
    Instant began = started(step);
    return work.get()
        .onSuccess(value -> ok(step, began))
        .onFailure(thrown -> failed(step, began, Failures.of(step, thrown)));
  }

  /** Who is told. */
  StepListener listener() {
    return listener;
  }

  Instant started(Step step) {
    listener.step(new StepEvent(step, StepEvent.State.STARTED, null, null));
    return clock.instant();
  }

  void ok(Step step, Instant began) {
    listener.step(new StepEvent(step, StepEvent.State.OK, since(began), null));
  }

  /** A step that succeeded as part of another, not measured by itself. */
  void passed(Step step) {
    listener.step(new StepEvent(step, StepEvent.State.OK, null, null));
  }

  void failed(Step step, Instant began, ProxmoxFailure failure) {
    listener.step(new StepEvent(step, StepEvent.State.FAILED, since(began), failure));
  }

  private Duration since(Instant began) {
    return Duration.between(began, clock.instant());
  }
}
