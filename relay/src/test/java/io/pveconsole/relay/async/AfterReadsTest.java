// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AfterReadsTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<String> ran = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Tasks are what a connection is begun by. */
  @Test
  void runsAfterTheTasksOfTheSamePass() {
    context.runOnContext(
        v -> {
          AfterReads.run(context, () -> ran.add("after, " + (Vertx.currentContext() == context)));
          context.runOnContext(
              first -> {
                ran.add("first");
                context.runOnContext(second -> ran.add("second"));
              });
        });

    Awaitility.await().until(() -> ran.size() == 3);
    assertThat(ran).containsExactly("first", "second", "after, true");
  }

  @Test
  void whatIsThrownIsHeardOf() {
    AtomicReference<Throwable> heard = new AtomicReference<>();
    context.exceptionHandler(heard::set);

    context.runOnContext(
        v ->
            AfterReads.run(
                context,
                () -> {
                  throw new IllegalStateException("thrown");
                }));

    Awaitility.await().until(() -> heard.get() != null);
    assertThat(heard.get()).hasMessage("thrown");
  }
}
