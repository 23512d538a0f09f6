// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The Proxmox VE simulator as a pod, and its control interface through a forwarded port. */
final class PodSimulator implements AutoCloseable {
  static final String NAMESPACE = "proxmox";
  static final String TOKEN_ID = "relay@pve!k8s";
  static final String TOKEN_SECRET = "5b0f4a52-5a3e-4c0e-9d52-2f6f3f1d7a11";
  private static final int CONTROL = 8008;
  private static final int NODES = 2;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2}){31}");

  private final Pod pod;
  private final LocalPortForward forward;
  private final GuestControl control;
  private final List<String> fingerprints;

  private PodSimulator(Pod pod, LocalPortForward forward, List<String> fingerprints) {
    this.pod = pod;
    this.forward = forward;
    this.control = new GuestControl("http://127.0.0.1:" + forward.getLocalPort());
    this.fingerprints = fingerprints;
  }

  static PodSimulator start(KubernetesClient kubernetes) {
    try (InputStream manifest = Files.newInputStream(Path.of("src/test/cluster/simulator.yaml"))) {
      kubernetes.load(manifest).serverSideApply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var pods = kubernetes.pods().inNamespace(NAMESPACE).withLabel("app", "pve");
    Awaitility.await("the simulator runs")
        .atMost(Patience.of(KubeCluster.START))
        .until(() -> pods.list().getItems().stream().anyMatch(Readiness::isPodReady));
    Pod pod =
        pods.list().getItems().stream().filter(Readiness::isPodReady).findFirst().orElseThrow();
    var running = kubernetes.pods().resource(pod);
    // Its ports are open a moment before it says what its certificates are.
    List<String> fingerprints =
        Awaitility.await("the simulator tells its fingerprints")
            .atMost(Patience.of(KubeCluster.START))
            .until(
                () ->
                    FINGERPRINT
                        .matcher(running.getLog())
                        .results()
                        .map(MatchResult::group)
                        .toList(),
                all -> all.size() >= NODES);
    return new PodSimulator(pod, running.portForward(CONTROL), fingerprints);
  }

  Pod pod() {
    return pod;
  }

  /** SHA-256 of the certificates of its nodes. */
  List<String> fingerprints() {
    return fingerprints;
  }

  String screen(int vmid) {
    return control.screen(vmid);
  }

  void changeToken(String secret) {
    control.token(TOKEN_ID, secret);
  }

  @Override
  public void close() {
    try {
      forward.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
