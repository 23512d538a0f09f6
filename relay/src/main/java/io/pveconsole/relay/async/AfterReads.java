// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.async;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * Work that gives way to the sockets of its event loop once: what was begun just before, such as a
 * connection, goes on at once rather than after it.
 */
public final class AfterReads {

  private AfterReads() {}

  /**
   * Runs this when the event loop has served what its sockets have by then; what it throws goes to
   * the context's handler. To be called on the context's event loop.
   */
  public static void run(Context context, Runnable work) {
    ContextInternal own = (ContextInternal) context;
    // Tasks run before the next look at the sockets, timers after it.
    var unused =
        own.nettyEventLoop()
            .schedule(() -> own.dispatch(work, Runnable::run), 0, TimeUnit.NANOSECONDS);
  }
}
