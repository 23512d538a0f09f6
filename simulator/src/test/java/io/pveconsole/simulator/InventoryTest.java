// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.fault.Fault;
import io.pveconsole.simulator.fault.Faults;
import io.pveconsole.simulator.guest.GuestSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts §11, and error forms of §5. */
class InventoryTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private JsonNode resource(int vmid) throws Exception {
    for (JsonNode guest : cluster.token().get("cluster/resources?type=vm").data()) {
      if (guest.get("vmid").asInt() == vmid) {
        return guest;
      }
    }
    throw new AssertionError("no guest " + vmid);
  }

  @Test
  void listsGuestsOfAllSorts() throws Exception {
    assertThat(resource(100).toString())
        .contains("\"id\":\"qemu/100\"", "\"node\":\"pve1\"", "running");
    assertThat(resource(101).get("node").asText()).isEqualTo("pve2");
    assertThat(resource(103).get("status").asText()).isEqualTo("stopped");
    assertThat(resource(200).get("type").asText()).isEqualTo("lxc");
    assertThat(resource(900).get("template").asInt()).isEqualTo(1);
  }

  @Test
  void listsOnlyGuestsThatMayBeAudited() throws Exception {
    cluster.get().accounts().grant("/vms", cluster.get().tokenId());
    cluster.get().accounts().grant("/vms/101", cluster.get().tokenId(), "VM.Audit");
    JsonNode seen = cluster.token().get("cluster/resources?type=vm").data();
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).get("vmid").asInt()).isEqualTo(101);
  }

  @Test
  void tellsTheStateOfAGuestFromEitherNode() throws Exception {
    JsonNode status = cluster.token().on("pve2").get("nodes/pve1/qemu/100/status/current").data();
    assertThat(status.get("status").asText()).isEqualTo("running");
    assertThat(status.get("qmpstatus").asText()).isEqualTo("running");
    assertThat(status.has("pid")).isTrue();
    JsonNode container = cluster.token().get("nodes/pve1/lxc/200/status/current").data();
    assertThat(container.get("name").asText()).isEqualTo("proxy-ct");
  }

  @Test
  void namesTheMissingConfigurationFile() throws Exception {
    Http.Answer wrongNode = cluster.token().get("nodes/pve2/qemu/100/status/current");
    assertThat(wrongNode.status()).isEqualTo(500);
    assertThat(wrongNode.reason())
        .isEqualTo("Configuration file 'nodes/pve2/qemu-server/100.conf' does not exist");
    assertThat(cluster.token().get("nodes/pve1/lxc/100/status/current").reason())
        .isEqualTo("Configuration file 'nodes/pve1/lxc/100.conf' does not exist");
    assertThat(cluster.token().get("nodes/pve9/qemu/100/status/current").reason())
        .startsWith("hostname lookup 'pve9' failed");
  }

  @Test
  void followsMigrationAtOnce() throws Exception {
    cluster.get().guests().migrate(100, "pve2");
    assertThat(resource(100).get("node").asText()).isEqualTo("pve2");
    assertThat(cluster.token().get("nodes/pve1/qemu/100/status/current").status()).isEqualTo(500);
    assertThat(cluster.token().get("nodes/pve2/qemu/100/status/current").status()).isEqualTo(200);
  }

  @Test
  void givesAnotherIdentityToAReusedNumber() throws Exception {
    JsonNode before = cluster.token().get("nodes/pve1/qemu/100/config").data();
    cluster.get().guests().replace(GuestSpec.vm(100, "other", "pve1"));
    JsonNode after = cluster.token().get("nodes/pve1/qemu/100/config").data();
    assertThat(after.get("name").asText()).isEqualTo("other");
    assertThat(after.get("smbios1")).isNotEqualTo(before.get("smbios1"));
  }

  @Test
  void showsALock() throws Exception {
    cluster.get().guests().lock(100, "migrate");
    assertThat(resource(100).get("lock").asText()).isEqualTo("migrate");
    cluster.get().guests().lock(100, null);
    assertThat(resource(100).has("lock")).isFalse();
  }

  @Test
  void givesFingerprintsOfNodes() throws Exception {
    JsonNode nodes = cluster.token().get("nodes").data();
    assertThat(nodes).hasSize(2);
    assertThat(nodes.get(1).get("ssl_fingerprint").asText())
        .isEqualTo(cluster.get().endpoint("pve2").fingerprint());
    assertThat(nodes.get(0).has("maxmem")).isFalse();
  }

  @Test
  void answersUnknownPathsAndParameters() throws Exception {
    assertThat(cluster.token().get("nodes/pve1/nothing").status()).isEqualTo(501);
    Http.Answer extra = cluster.token().get("version?x=1");
    assertThat(extra.status()).isEqualTo(400);
    assertThat(extra.json().at("/errors/x").asText()).isNotEmpty();
  }

  @Test
  void failsAHopBetweenNodes() throws Exception {
    cluster.get().faults().on(Fault.HOP_FAILED, new Faults.Setting("pve2", "596", -1));
    Http.Answer answer = cluster.token().get("nodes/pve2/qemu/101/status/current");
    assertThat(answer.status()).isEqualTo(596);
    assertThat(answer.reason()).isEqualTo("Connection timed out");
    assertThat(cluster.token().on("pve2").get("nodes/pve2/qemu/101/status/current").status())
        .isEqualTo(200);
  }

  @Test
  void leavesTheMessageOutOnOldServers() throws Exception {
    cluster.get().faults().on(Fault.REASON_ONLY);
    Http.Answer answer = cluster.token().get("nodes/pve2/qemu/100/status/current");
    assertThat(answer.body()).isEqualTo("{\"data\":null}");
  }

  @Test
  void needsAuditForStatus() throws Exception {
    Http auditor = cluster.http().loggedIn("auditor@pve");
    assertThat(auditor.get("nodes/pve1/qemu/100/status/current").status()).isEqualTo(200);
    assertThat(auditor.post("nodes/pve1/qemu/100/vncproxy", Map.of("websocket", "1")).reason())
        .isEqualTo("Permission check failed (/vms/100, VM.Console)");
  }
}
