// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A relay, as the account of its Deployment, uses each verb of the Role that the operator made, by
 * the API server's word, and asks for nothing else.
 */
class RelayRoleIT {

  private static final Duration PICTURE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RELAY = Cluster.HOST + "-relay";
  private static final String ACCOUNT = "system:serviceaccount:" + Cluster.NAMESPACE + ":" + RELAY;

  @TempDir Path directory;

  @Test
  void everyVerbIsUsedAndNoOtherAskedFor() throws Exception {
    AuditedApiServer server = AuditedApiServer.lay(directory);
    HttpClient http = RelayCalls.client();
    try (Cluster cluster = Cluster.start(directory.resolve("sandbox"), server.environment(), 1)) {
      SessionLink link = cluster.open("audited", 100);
      PlainConsole console = new RelayCalls(http, cluster.url()).open(link).awaitPicture(PICTURE);
      cluster.patchSession("audited", "{\"spec\":{\"revoked\":true}}");
      assertThat(console.awaitClose(PATIENCE)).isEqualTo(4001);
      Set<String> declared = declared(cluster);
      assertThat(declared).hasSize(8);
      Awaitility.await("every verb is used")
          .atMost(Patience.of(PATIENCE))
          .untilAsserted(() -> assertThat(server.used(ACCOUNT)).isEqualTo(declared));
      assertThat(server.forbidden(ACCOUNT)).isEmpty();
    } finally {
      http.shutdownNow();
    }
  }

  private static Set<String> declared(Cluster cluster) {
    Set<String> declared = new TreeSet<>();
    Role role =
        cluster
            .kubernetes()
            .resources(Role.class)
            .inNamespace(Cluster.NAMESPACE)
            .withName(RELAY)
            .require();
    for (PolicyRule rule : role.getRules()) {
      for (String resource : rule.getResources()) {
        for (String verb : rule.getVerbs()) {
          declared.add(rule.getApiGroups().getFirst() + "/" + resource + " " + verb);
        }
      }
    }
    return declared;
  }
}
