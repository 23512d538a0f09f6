// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Turns watch events into "something changed", and deletions into that and a call. */
record Notify<T>(Runnable changed, Consumer<T> deleted) implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T object) {
    changed.run();
  }

  @Override
  public void onUpdate(T old, T object) {
    changed.run();
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    deleted.accept(object);
    changed.run();
  }
}
