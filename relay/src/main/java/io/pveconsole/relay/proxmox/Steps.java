// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells a listener how each step goes, and how long it takes, whatever is done to the clock. */
final class Steps {

  private final StepListener listener;

  Steps(StepListener listener) {
    this.listener = listener;
  }

  <T> Future<T> run(Step step, Supplier<Future<T>> work) {
    return listener.abandonment().isDone()
        ? Failures.future(new ServiceFailure.Closed())
        : runAnyway(step, work);
  }

  /** The same also when nobody waits for the outcome any more. */
  <T> Future<T> runAnyway(Step step, Supplier<Future<T>> work) {
    long began = started(step);
    return work.get()
        .onSuccess(value -> ok(step, began))
        .onFailure(thrown -> failed(step, began, Failures.of(step, thrown)));
  }

  /** Who is told. */
  StepListener listener() {
    return listener;
  }

  /** When it began, as {@link System#nanoTime()}. */
  long started(Step step) {
    listener.step(new StepEvent(step, StepEvent.State.STARTED, null, null));
    return System.nanoTime();
  }

  void ok(Step step, long began) {
    listener.step(new StepEvent(step, StepEvent.State.OK, since(began), null));
  }

  /** A step that succeeded as part of another, not measured by itself. */
  void passed(Step step) {
    listener.step(new StepEvent(step, StepEvent.State.OK, null, null));
  }

  void failed(Step step, long began, ProxmoxFailure failure) {
    listener.step(new StepEvent(step, StepEvent.State.FAILED, since(began), failure));
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
