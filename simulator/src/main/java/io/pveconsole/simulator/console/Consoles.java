// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.console;

import io.pveconsole.simulator.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All consoles of the cluster, waiting and open, with the clocks that end them. */
public final class Consoles {
  private final Map<String, ConsolePorts> ports = new ConcurrentHashMap<>();
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final TaskLog tasks;
  private final Timings timings;
  private final ScheduledExecutorService timer;

  /** An open console. */
  private record Open(ConsoleWorker worker, ConsoleChannel channel) {}

  /** What a vncproxy call gives back. */
  public record Reserved(int port, String upid) {}

  /**
   * An open console as shown to people and tests; bytes and the highest queue towards the client.
   */
  public record View(
      String node,
      int vmid,
      String kind,
      String authId,
      long bytesToClient,
      long bytesToGuest,
      long highestQueueToClient) {}

  /** Consoles that leave their traces in {@code tasks}. */
  public Consoles(TaskLog tasks, Timings timings, ScheduledExecutorService timer) {
    this.tasks = tasks;
    this.timings = timings;
    this.timer = timer;
  }

  /**
   * Opens a port on {@code node} for one connection within the console wait.
   *
   * @param serve called with the channel of that connection; must not block
   * @return empty when all ports are taken
   */
  public Optional<Reserved> reserve(
      String node, int vmid, String kind, String authId, Consumer<ConsoleChannel> serve) {
    String upid = tasks.start(node, kind, String.valueOf(vmid), authId);
    ConsoleWorker worker = new ConsoleWorker(node, vmid, kind, authId, upid, serve);
    ConsolePorts here = ports(node);
    Optional<Integer> port = here.reserve(worker);
    if (port.isEmpty()) {
      tasks.end(upid, "unable to find free port (5900-5999)");
      return Optional.empty();
    }
    ScheduledFuture<?> unused =
        timer.schedule(
            () -> {
              if (here.release(port.get(), worker)) {
                tasks.end(upid, "connection timed out");
              }
            },
            timings.consoleWait().toMillis(),
            TimeUnit.MILLISECONDS);
    return port.map(number -> new Reserved(number, upid));
  }

  /** Connects to a port; empty when nothing listens there. */
  public Optional<ConsoleChannel> connect(String node, int port) {
    return ports(node).accept(port).map(this::opened);
  }

  /** Ends a console's task with an error instead of OK. */
  public void failed(ConsoleChannel channel, String status) {
    open.stream()
        .filter(o -> o.channel() == channel)
        .forEach(o -> tasks.end(o.worker().upid(), status));
    channel.close();
  }

  /** Consoles open now. */
  public List<View> views() {
    return open.stream()
        .map(
            o ->
                new View(
                    o.worker().node(),
                    o.worker().vmid(),
                    o.worker().kind(),
                    o.worker().authId(),
                    o.channel().toClient().total(),
                    o.channel().toGuest().total(),
                    o.channel().toClient().highest()))
        .toList();
  }

  /** How many consoles of a node wait for their connection. */
  public int waiting(String node) {
    return ports(node).waiting();
  }

  /** How many consoles of a node have ever waited at once. */
  public int mostWaiting(String node) {
    return ports(node).mostWaiting();
  }

  private ConsolePorts ports(String node) {
    return ports.computeIfAbsent(node, n -> new ConsolePorts());
  }

  private ConsoleChannel opened(ConsoleWorker worker) {
    ConsoleChannel channel = new ConsoleChannel();
    Open entry = new Open(worker, channel);
    open.add(entry);
    channel.onClose(
        () -> {
          tasks.end(worker.upid(), "OK");
          open.remove(entry);
        });
    watchSilence(channel);
    worker.serve(channel);
    return channel;
  }

  private void watchSilence(ConsoleChannel channel) {
    Duration left = timings.consoleIdle().minusNanos(channel.silentNanos());
    if (channel.closed()) {
      return;
    }
    if (!left.isPositive()) {
      channel.close();
      return;
    }
    ScheduledFuture<?> unused =
        timer.schedule(() -> watchSilence(channel), left.toMillis() + 1, TimeUnit.MILLISECONDS);
  }
}
