// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.session.SessionState;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kubectl pveconsole …} against the cluster. */
@ExtendWith(OnKubeCluster.class)
class ClusterPluginIT {

  private static String run(String... words) {
    String[] command = new String[words.length + 2];
    command[0] = "kubectl";
    command[1] = "pveconsole";
    System.arraycopy(words, 0, command, 2, words.length);
    String path = RunningSandbox.home().resolve("cli") + ":" + System.getenv("PATH");
    Program.Ran ran = Program.attempt(Map.of("PATH", path), command);
    assertThat(ran.code()).as("%s", ran).isZero();
    return ran.out().strip();
  }

  @Test
  void opensListsExtendsEndsAndExamines(KubeCluster cluster) {
    String link =
        run(
            "-n",
            KubeCluster.CONSOLES,
            "open",
            "--print",
            "--name",
            "by-plugin",
            "--for",
            "20m",
            "100");
    assertThat(link).startsWith("https://" + KubeCluster.PUBLIC_NAME + "/c/").contains("#");
    try (Browser browser = Browser.through(PublicDoor.ADDRESS)) {
      browser.open(link);
      browser.awaitState("connected", Patience.of(Duration.ofSeconds(60)));
      assertThat(run("-n", KubeCluster.CONSOLES, "list")).contains("by-plugin");
      assertThat(run("-n", KubeCluster.CONSOLES, "extend", "by-plugin", "10m"))
          .contains("now ends at");
      assertThat(run("-n", KubeCluster.CONSOLES, "doctor", KubeCluster.HOST))
          .contains("ok    RouteReady", "ok    TLSTrusted");
      run("-n", KubeCluster.CONSOLES, "end", "by-plugin");
      browser.awaitState("ended", Patience.of(Duration.ofSeconds(5)));
    }
    Awaitility.await("finished")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                cluster.session(KubeCluster.CONSOLES, "by-plugin").getStatus().state()
                    == SessionState.Finished);
  }
}
