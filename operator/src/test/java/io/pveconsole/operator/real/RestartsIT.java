// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator that stands still, comes back, dies between two writes, or stops. */
@ExtendWith(RealCluster.Extension.class)
class RestartsIT {

  private static final int MOST_WRITES = 8;

  private final RealCluster cluster;
  private final Team team;

  RestartsIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  /** Lets some writes of the operator through, and then none: to the API server it is dead. */
  private static final class Crash implements Interceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final AtomicInteger left;
    private final CountDownLatch dead = new CountDownLatch(1);

    Crash(int writes) {
      left = new AtomicInteger(writes);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      if (!READING.contains(request.method()) && left.getAndDecrement() <= 0) {
        dead.countDown();
        throw new IllegalStateException("the operator is dead, for a test");
      }
    }

    /** False when there were not so many writes. */
    boolean happened() throws InterruptedException {
      return dead.await(5, TimeUnit.SECONDS);
    }
  }

  private boolean dies(int writes) throws InterruptedException {
    Crash crash = new Crash(writes);
    try (RunningOperator dying = RunningOperator.on(cluster, crash)) {
      return crash.happened();
    }
  }

  @AfterEach
  void leave() {
    team.leave();
  }

  @Test
  void aSessionBecomesReadyWhereverTheOperatorDied() throws Exception {
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "");
      new Quiet(cluster).await();
    }
    int deaths = 0;
    boolean died = true;
    while (died && deaths < MOST_WRITES) {
      String name = "ready" + deaths;
      team.session(name, "pve", "");
      died = dies(deaths);
      try (RunningOperator again = RunningOperator.on(cluster)) {
        assertThatTheLinkOpens(team.inState(name, SessionState.Ready));
      }
      deaths++;
    }
    assertThat(deaths).as("Secret, grant and status at least").isGreaterThanOrEqualTo(4);
    assertThat(team.all(ConsoleGrant.class)).hasSize(deaths);
  }

  @Test
  void aSessionEndsWhereverTheOperatorDied() throws Exception {
    int deaths = 0;
    boolean died = true;
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "");
      new Quiet(cluster).await();
    }
    while (died && deaths < MOST_WRITES) {
      String name = "ends" + deaths;
      team.session(name, "pve", "");
      try (RunningOperator operator = RunningOperator.on(cluster)) {
        team.inState(name, SessionState.Ready);
      }
      team.change(name, "{\"spec\":{\"revoked\":true}}");
      died = dies(deaths);
      try (RunningOperator again = RunningOperator.on(cluster)) {
        ConsoleSession finished = team.inState(name, SessionState.Finished);
        assertThat(finished.getStatus().terminationReason()).isEqualTo(TerminationReason.Revoked);
        until("the link goes", () -> team.at(Secret.class, name + "-access").get() == null);
        until(
            "the relay is told",
            () -> {
              ConsoleGrant grant = team.grant(finished);
              return grant == null || grant.getSpec().end() != null;
            });
      }
      deaths++;
    }
    assertThat(deaths).as("grant, Secret and status at least").isGreaterThanOrEqualTo(4);
  }

  private void assertThatTheLinkOpens(ConsoleSession session) throws Exception {
    Secret secret = team.at(Secret.class, session.getMetadata().getName() + "-access").get();
    byte[] token = Base64.getDecoder().decode(secret.getData().get("token"));
    String link =
        new String(Base64.getDecoder().decode(secret.getData().get("url")), StandardCharsets.UTF_8);
    assertThat(team.grant(session).getSpec().tokenSha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token)));
    assertThat(link)
        .isEqualTo(session.getStatus().url() + "#" + new String(token, StandardCharsets.US_ASCII));
  }

  @Test
  void anIdleOperatorWritesNothingForAMinuteAndARestartChangesNothing() {
    List<String> before;
    try (RunningOperator operator = RunningOperator.on(cluster)) {
      team.readyHost("pve", "relay: {autoscaling: {maxReplicas: 4}}");
      team.host(
          "tls",
          "exposure: {type: Ingress, hostname: %s.example.com, backendTls: true}"
              .formatted(team.namespace()));
      team.session("one", "pve", "");
      team.session("two", "nowhere", "");
      ConsoleSession ready = team.inState("one", SessionState.Ready);
      team.opened(ready, "pod");
      team.inState("one", SessionState.Connected);
      new Quiet(cluster).await();
      before = cluster.audit().writes(RealCluster.OPERATOR);
      await("a minute without a write")
          .pollDelay(Duration.ofSeconds(60))
          .atMost(Duration.ofSeconds(100))
          .until(() -> true);
      assertThat(cluster.audit().writes(RealCluster.OPERATOR)).isEqualTo(before);
    }
    try (RunningOperator again = RunningOperator.on(cluster)) {
      new Quiet(cluster).await();
      assertThat(cluster.audit().writes(RealCluster.OPERATOR)).as("a restart").isEqualTo(before);
      team.session("three", "pve", "");
      team.inState("three", SessionState.Ready);
      new Quiet(cluster).await();
    }
    List<String> after = cluster.audit().writes(RealCluster.OPERATOR);
    assertThat(after.subList(before.size(), after.size()))
        .as("writes for the new session only")
        .allMatch(
            write ->
                write.contains("three")
                    || write.startsWith("create consolegrants")
                    || write.equals("patch proxmoxhosts/status pve 200"));
  }

  @Test
  void theLeaseIsGivenBackAtTheEnd() {
    RunningOperator first = RunningOperator.elected(cluster);
    until("it leads", first::works);
    String leader = cluster.leader();
    first.close();
    assertThat(cluster.leader()).as("given back by " + leader).isEmpty();
    long start = System.nanoTime();
    try (RunningOperator second = RunningOperator.elected(cluster)) {
      until(
          "the next leads", () -> !cluster.leader().isEmpty() && !cluster.leader().equals(leader));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    }
  }
}
