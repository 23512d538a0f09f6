// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Keeps what one open does on one event loop, though it waits for things shared with others. */
final class Contexts {

  private Contexts() {}

  /** Completes as the given future does, on the context that called. */
  static <T> Future<T> back(Vertx vertx, Future<T> foreign) {
    return back(vertx.getOrCreateContext(), foreign);
  }

  /** Completes as the given future does, on the given context. */
  static <T> Future<T> back(Context context, Future<T> foreign) {
    Promise<T> promise = Promise.promise();
    foreign.onComplete(
        (value, failure) -> {
          if (context.equals(Vertx.currentContext())) {
            promise.complete(value, failure);
          } else {
            context.runOnContext(v -> promise.complete(value, failure));
          }
        });
    return promise.future();
  }

  /** Runs work on the context of the caller, which need not be on an event loop yet. */
  static <T> Future<T> run(Vertx vertx, Supplier<Future<T>> work) {
    Context context = vertx.getOrCreateContext();
    if (context.equals(Vertx.currentContext())) {
      return begin(work);
    }
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> begin(work).onComplete(promise));
    return promise.future();
  }

  /** What is thrown while beginning fails the future too. */
  private static <T> Future<T> begin(Supplier<Future<T>> work) {
    return Future.<Void>succeededFuture().compose(v -> work.get());
  }
}
