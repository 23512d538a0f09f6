// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.AccountFile;
import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import io.pveconsole.sandbox.process.ChildCommand;
import io.pveconsole.sandbox.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pod, whose single container is a process on this machine. Driven by {@link #turn()} from one
 * thread.
 */
final class RelayPod {

  private static final int LOG_LINES = 8;

  /** Few: whoever tries the sandbox waits for its first link more than for its first picture. */
  private static final String WARMUP_ROUNDS = "8";

  /** Until then a connection that was led to the process has been served. */
  private static final Duration UNLED = Duration.ofMillis(250);

  private final Pod pod;
  private final PodServices services;
  private final Path directory;
  private final PodVolumes volumes;
  private final AccountFile account;
  private final RestartBackoff backoff;
  private @Nullable ChildProcess process;
  private @Nullable PodPorts ports;
  private @Nullable ReadinessProbe probe;
  private Instant startedAt = Instant.MIN;
  private @Nullable Instant killAt;
  private @Nullable Instant askAt;
  private String waitingFor = "ContainerCreating";
  private int restarts;

  RelayPod(Pod pod, PodServices services) {
    this.pod = pod;
    this.services = services;
    this.directory = services.directory().resolve(pod.getMetadata().getName());
    this.volumes = new PodVolumes(pod, directory.resolve("volumes"), services.objects());
    this.account =
        new AccountFile(
            services.api(), account(pod), directory.resolve("relay.kubeconfig"), services.clock());
    this.backoff = new RestartBackoff(services.clock());
  }

  private static AccountRequest account(Pod pod) {
    String named = pod.getSpec().getServiceAccountName();
    return new AccountRequest(
        pod.getMetadata().getNamespace(),
        named == null ? "default" : named,
        pod.getMetadata().getName(),
        pod.getMetadata().getUid());
  }

  Pod object() {
    return pod;
  }

  /** Where the process takes connections, if it has been given a port. */
  OptionalInt publicPort() {
    PodPorts taken = ports;
    return taken == null ? OptionalInt.empty() : OptionalInt.of(taken.publicPort());
  }

  boolean isEnding() {
    return killAt != null;
  }

  boolean isGone() {
    return isEnding() && process == null;
  }

  /** Looks at the process and takes the next step; to be called some times a second. */
  void turn() {
    ChildProcess running = process;
    if (isEnding()) {
      finish();
    } else if (running == null && backoff.isDue()) {
      start();
    } else if (running != null && !running.isAlive()) {
      crashed(running);
    } else if (running != null) {
      refresh();
    }
  }

  PodState state() {
    ChildProcess running = process;
    ReadinessProbe asked = probe;
    boolean alive = running != null && running.isAlive();
    boolean ready = alive && !isEnding() && asked != null && asked.isReady();
    return new PodState(alive, ready, alive ? "" : waitingFor, restarts, startedAt);
  }

  private void start() {
    try {
      Files.createDirectories(directory);
      volumes.refresh();
      account.refresh();
      PodPorts taken = ports == null ? PodPorts.take(services.ports()) : ports;
      ports = taken;
      Container container = pod.getSpec().getContainers().get(0);
      Map<String, String> declared =
          new ContainerEnvironment(pod, services.objects())
              .of(container, volumes.pathsOf(container));
      Map<String, String> environment = new HashMap<>(declared);
      taken.substitute(environment);
      environment.put("KUBECONFIG", account.path().toString());
      environment.putIfAbsent("PVECONSOLE_WARMUP_ROUNDS", WARMUP_ROUNDS);
      List<String> words = new ArrayList<>(services.program());
      words.addAll(container.getArgs());
      String name = pod.getMetadata().getName();
      process = services.children().start(new ChildCommand(name, words, environment));
      startedAt = services.clock().instant();
      probe = probe(container, taken, declared);
    } catch (NotYet | KubernetesClientException e) {
      waitingFor = String.valueOf(e.getMessage());
    } catch (SandboxException e) {
      waitingFor = e.getMessage();
      services.notices().accept(e.getMessage() + " " + e.cure());
      backoff.crashed(services.clock().instant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable ReadinessProbe probe(
      Container container, PodPorts taken, Map<String, String> declared) {
    if (container.getReadinessProbe() == null
        || container.getReadinessProbe().getHttpGet() == null) {
      return null;
    }
    HTTPGetAction get = container.getReadinessProbe().getHttpGet();
    int containerPort = ContainerPorts.number(container, get.getPort());
    String scheme = "HTTPS".equals(get.getScheme()) ? "https" : "http";
    String path = get.getPath() == null ? "/" : get.getPath();
    int local = taken.local(containerPort, declared);
    URI address = URI.create(scheme + "://127.0.0.1:" + local + path);
    return new ReadinessProbe(services.http(), address, services.clock());
  }

  private void crashed(ChildProcess ended) {
    process = null;
    probe = null;
    restarts++;
    waitingFor = "CrashLoopBackOff";
    backoff.crashed(startedAt);
    services
        .notices()
        .accept(
            "Relay "
                + pod.getMetadata().getName()
                + " ended by itself and starts again; its log is "
                + ended.log()
                + ", the last lines:\n"
                + ended.lastLines(LOG_LINES));
  }

  private void refresh() {
    try {
      volumes.refresh();
      account.refresh();
    } catch (NotYet | KubernetesClientException e) {
      waitingFor = String.valueOf(e.getMessage());
    }
  }

  /**
   * No connection is led to it any more, then it is asked to end; {@code grace} later it is killed.
   */
  void end(Duration grace) {
    if (isEnding()) {
      return;
    }
    Instant now = services.clock().instant();
    askAt = now.plus(UNLED);
    killAt = now.plus(grace);
  }

  private void finish() {
    ChildProcess running = process;
    if (running != null && running.isAlive()) {
      stop(running);
      return;
    }
    process = null;
    PodPorts taken = ports;
    if (taken != null) {
      taken.close();
      ports = null;
    }
    deleteDirectory();
  }

  private void stop(ChildProcess running) {
    Instant now = services.clock().instant();
    Instant ask = askAt;
    Instant kill = killAt;
    if (kill != null && now.isAfter(kill)) {
      running.kill();
    } else if (ask != null && now.isAfter(ask)) {
      running.terminate();
      askAt = null;
    }
  }

  private void deleteDirectory() {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
