// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.sandbox.api.AccountFile;
import io.pveconsole.sandbox.api.ApiChooser;
import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.api.real.ApiServerDownload;
import io.pveconsole.sandbox.apply.Applier;
import io.pveconsole.sandbox.apply.HostAdopter;
import io.pveconsole.sandbox.apply.HostExposure;
import io.pveconsole.sandbox.apply.LocalCertificate;
import io.pveconsole.sandbox.apply.ManifestWatcher;
import io.pveconsole.sandbox.apply.PublicAddresses;
import io.pveconsole.sandbox.console.Console;
import io.pveconsole.sandbox.console.HostReporter;
import io.pveconsole.sandbox.console.NextSteps;
import io.pveconsole.sandbox.console.SessionAnnouncer;
import io.pveconsole.sandbox.console.SessionHint;
import io.pveconsole.sandbox.demo.DemoContent;
import io.pveconsole.sandbox.demo.Simulator;
import io.pveconsole.sandbox.install.ClusterPart;
import io.pveconsole.sandbox.install.Installer;
import io.pveconsole.sandbox.install.OperatorProcess;
import io.pveconsole.sandbox.process.ChildProcesses;
import io.pveconsole.sandbox.process.Ports;
import io.pveconsole.sandbox.process.RunDirectory;
import io.pveconsole.sandbox.standin.OrphanCollector;
import io.pveconsole.sandbox.standin.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Starts everything in the right order, much of it side by side, and ends it again. */
public final class Sandbox implements AutoCloseable {

  private static final int OPERATOR_HEAP = 96;
  private static final int SIMULATOR_HEAP = 64;

  private final Options options;
  private final Console console;
  private final RunDirectory directory;
  private final Installation installation;
  private final Parts parts = new Parts();
  private final ChildProcesses children;
  private final Ports ports = new Ports();
  private @Nullable KubernetesApi api;

  /**
   * Nothing runs yet but the guard.
   *
   * @param directory closed with the sandbox
   */
  public Sandbox(Options options, Console console, RunDirectory directory) {
    this.options = options;
    this.console = console;
    this.directory = directory;
    this.installation = new Installation(options.home());
    parts.add(directory);
    this.children = parts.add(new ChildProcesses(directory));
  }

  /** Starts everything; returns when sessions can be asked for. */
  public void start(ClusterSource source) throws InterruptedException {
    installation.check(List.of("relay", "operator", "simulator"));
    PublicAddresses addresses = new PublicAddresses(ports, options.scheme(), options.port());
    if (options.demo()) {
      addresses.of("default/demo");
    }
    try (Background background = new Background()) {
      Future<Simulator> simulator = background.start(this::startSimulator);
      Future<ClusterPart> chart = background.start(source::render);
      KubernetesApi running = parts.add(startApi());
      api = running;
      console.progress("Kubernetes API: " + running.description());
      write(kubeconfig(), running.adminKubeconfig());
      console.progress("kubeconfig: " + kubeconfig());
      ClusterPart cluster = Background.await(chart);
      Installer installer = new Installer(running);
      installer.install(cluster);
      HostExposure exposure = exposure(addresses);
      Applier applier = new Applier(running.client(), exposure);
      startControllers(running, cluster);
      startReports(running.client(), exposure, applier);
      tlsSecret().ifPresent(applier::apply);
      installer.awaitAdmission(cluster);
      if (options.demo()) {
        Simulator ready = Background.await(simulator);
        console.progress("simulated Proxmox VE: " + ready.description());
        for (HasMetadata object : DemoContent.of(ready)) {
          applier.apply(object);
        }
      }
      ManifestWatcher watcher = parts.add(new ManifestWatcher(applier, console, options.apply()));
      watcher.start();
    }
    if (!options.demo()) {
      nextSteps();
    }
  }

  private @Nullable Simulator startSimulator() {
    if (!options.demo()) {
      return null;
    }
    Path files = directory.run().resolve("simulator");
    return parts.add(
        Simulator.start(
            children, installation.java("simulator", SIMULATOR_HEAP), files, options.qemu()));
  }

  private KubernetesApi startApi() {
    ApiChooser chooser =
        new ApiChooser(
            System.getenv(),
            ApiServerDownload.INDEX,
            directory.run().resolve("apiserver"),
            directory.logs(),
            children.prefix(),
            console::progress);
    return switch (options.api()) {
      case AUTO -> chooser.automatic();
      case REAL -> chooser.real();
      case MOCK -> chooser.mock();
    };
  }

  private void startControllers(KubernetesApi running, ClusterPart cluster) {
    parts.add(OrphanCollector.start(running.client()));
    Path pods = directory.run().resolve("pods");
    parts.add(
        StandIn.start(
            running,
            children,
            ports,
            installation.java("relay", options.relayHeapMegabytes()),
            pods,
            console::say));
    AccountFile account =
        new AccountFile(
            running,
            cluster.operatorAccount(),
            directory.run().resolve("operator.kubeconfig"),
            Clock.systemUTC());
    parts.add(
        new OperatorProcess(
            children, installation.java("operator", OPERATOR_HEAP), cluster, account, console));
  }

  private void startReports(KubernetesClient client, HostExposure exposure, Applier applier) {
    HostAdopter adopter = new HostAdopter(exposure, applier, console);
    parts.add(new HostReporter(client, console, adopter, new SessionHint(client, console)));
    parts.add(new SessionAnnouncer(client, console, this::nextSteps));
  }

  private HostExposure exposure(PublicAddresses addresses) {
    return new HostExposure(
        addresses, options.tls() ? Optional.of(LocalCertificate.SECRET) : Optional.empty());
  }

  private Optional<HasMetadata> tlsSecret() {
    if (!options.tls()) {
      return Optional.empty();
    }
    Path certificate = options.certificate();
    Path key = options.key();
    LocalCertificate local =
        certificate == null || key == null
            ? LocalCertificate.selfSigned(directory.run())
            : new LocalCertificate(certificate, key);
    return Optional.of(local.secret("default"));
  }

  private Path kubeconfig() {
    return directory.run().resolve("kubeconfig");
  }

  private void nextSteps() {
    KubernetesApi running = Objects.requireNonNull(api);
    console.say(
        new NextSteps(
                running.description(),
                running.isReal(),
                kubeconfig(),
                running.kubectl().orElse(null),
                options.home().resolve("examples/00-sandbox.yaml"),
                directory.logs(),
                options.demo())
            .text());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where commands typed by a person go. */
  public KubernetesClient client() {
    return Objects.requireNonNull(api).client();
  }

  @Override
  public void close() {
    parts.close();
  }
}
