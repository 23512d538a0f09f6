// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads and writes a tunnel from a test's thread. */
final class TestConsole {

  private final ConsoleTunnel tunnel;
  private final Context context;
  private final Promise<Void> closed = Promise.promise();
  private Buffer unread = Buffer.buffer();
  private @Nullable Predicate<Buffer> condition;
  private @Nullable Promise<Buffer> waiting;

  private TestConsole(ConsoleTunnel tunnel, Context context) {
    this.tunnel = tunnel;
    this.context = context;
    tunnel.handler(this::received);
    tunnel.closeHandler(v -> closed.tryComplete());
    tunnel.resume();
  }

  /** Takes a tunnel over on its own event loop. */
  static Future<TestConsole> of(
      Vertx vertx, java.util.function.Supplier<Future<ConsoleTunnel>> open) {
    Promise<TestConsole> promise = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        v ->
            open.get()
                .onComplete(
                    (tunnel, failure) -> {
                      if (failure != null) {
                        promise.fail(failure);
                      } else {
                        assertThat(Vertx.currentContext()).isSameAs(context);
                        promise.complete(new TestConsole(tunnel, context));
                      }
                    }));
    return promise.future();
  }

  ConsoleTunnel tunnel() {
    return tunnel;
  }

  /** What has come, once it is at least so long. */
  Buffer read(int length) {
    return readUntil(buffer -> buffer.length() >= length);
  }

  Buffer readUntil(Predicate<Buffer> enough) {
    Promise<Buffer> promise = Promise.promise();
    context.runOnContext(
        v -> {
          condition = enough;
          waiting = promise;
          check();
        });
    return Await.value(promise.future());
  }

  Future<Void> write(Buffer data) {
    return on(() -> tunnel.write(data));
  }

  Future<Void> close() {
    return on(tunnel::close);
  }

  Future<Void> closed() {
    return closed.future();
  }

  void authenticationDone() {
    Await.value(
        on(
            () -> {
              tunnel.authenticationDone();
              return Future.succeededFuture();
            }));
  }

  private <T> Future<T> on(java.util.function.Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(promise));
    return promise.future();
  }

  private void received(Buffer part) {
    assertThat(Vertx.currentContext()).isSameAs(context);
    unread.appendBuffer(part);
    check();
  }

  private void check() {
    if (waiting != null && condition != null && condition.test(unread)) {
      Promise<Buffer> done = waiting;
      waiting = null;
      Buffer all = unread;
      unread = Buffer.buffer();
      done.complete(all);
    }
  }
}
