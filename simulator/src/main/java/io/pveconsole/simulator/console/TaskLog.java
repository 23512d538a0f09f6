// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.console;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The cluster's task log; each console leaves an entry, as on a real host. Keeps the last 1000. */
public final class TaskLog {
  private static final int KEPT = 1000;

  private final Clock clock;
  private final Deque<Task> tasks = new ArrayDeque<>();

  /** A task; {@code status} is null while it runs, {@code OK} or an error text after. */
  public record Task(
      String upid,
      String node,
      String type,
      String id,
      String user,
      Instant startTime,
      @Nullable Instant endTime,
      @Nullable String status) {}

  /** A log that takes its times from {@code clock}. */
  public TaskLog(Clock clock) {
    this.clock = clock;
  }

  /** Starts a task and gives its UPID. */
  public synchronized String start(String node, String type, String id, String user) {
    Instant now = clock.instant();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String upid =
        "UPID:%s:%08X:%08X:%08X:%s:%s:%s:"
            .formatted(
                node,
                random.nextInt(1000, 4_000_000),
                random.nextInt(),
                now.getEpochSecond(),
                type,
                id,
                user);
    tasks.addLast(new Task(upid, node, type, id, user, now, null, null));
    if (tasks.size() > KEPT) {
      tasks.removeFirst();
    }
    return upid;
  }

  /** Ends a task. */
  public synchronized void end(String upid, String status) {
    List<Task> all = List.copyOf(tasks);
    tasks.clear();
    for (Task t : all) {
      boolean ended = t.upid().equals(upid) && t.status() == null;
      tasks.addLast(
          ended
              ? new Task(
                  t.upid(),
                  t.node(),
                  t.type(),
                  t.id(),
                  t.user(),
                  t.startTime(),
                  clock.instant(),
                  status)
              : t);
    }
  }

  /** All tasks, oldest first. */
  public synchronized List<Task> all() {
    return List.copyOf(tasks);
  }
}
