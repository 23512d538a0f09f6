// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people type. */
@ExtendWith(RealCluster.Extension.class)
class KubectlIT {

  private final RealCluster cluster;
  private final Team team;

  KubectlIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  @AfterEach
  void leave() {
    team.leave();
  }

  private String kubectl(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ApiServerFiles.binaries().resolve("kubectl").toString());
    command.addAll(
        List.of("--kubeconfig", cluster.adminKubeconfig(), "--namespace", team.namespace()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void waitsForASessionAndSeesIt() throws Exception {
    String limit = "--timeout=" + Team.LIMIT.toSeconds() + "s";
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "");
      kubectl("wait", "--for=condition=RelayAvailable", "proxmoxhost/pve", limit);
      team.session("one", "pve", "");
      kubectl("wait", "--for=condition=Ready", "consolesession/one", limit);
      List<String> shown = kubectl("get", "pcs", "one").lines().toList();
      assertThat(shown.get(0).split("\\s+"))
          .containsExactly(
              "NAME", "HOST", "VMID", "GUEST", "STATE", "REQUESTER", "EXPIRES", "REASON", "AGE");
      assertThat(shown.get(1)).contains("one", "pve", "101", "Ready");
      assertThat(kubectl("get", "pvh", "-o", "wide")).contains("pve", "NoReport");
      assertThat(kubectl("events", "--for", "consolesession/one")).contains("LinkReady");

      kubectl("patch", "pcs", "one", "--type=merge", "-p", "{\"spec\":{\"revoked\":true}}");
      kubectl("wait", "--for=condition=Finished", "consolesession/one", limit);
      assertThat(kubectl("get", "pcs", "one")).contains("Finished", "Revoked");
    }
  }
}
