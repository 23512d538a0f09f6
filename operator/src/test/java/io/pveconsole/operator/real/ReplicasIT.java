// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import static io.pveconsole.operator.real.Team.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.session.SessionState;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators that are killed, and an API server that is away. */
@ExtendWith(RealCluster.Extension.class)
class ReplicasIT {

  /** The Lease runs out after 15 s, the other asks for it each 2 s; then it fills its caches. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(60);

  private static final Duration OUTAGE = Duration.ofSeconds(60);

  private final RealCluster cluster;
  private final Team team;

  ReplicasIT(RealCluster cluster) {
    this.cluster = cluster;
    this.team = new Team(cluster);
  }

  @AfterEach
  void leave() {
    team.leave();
  }

  @Test
  void whenTheLeaderIsKilledTheOtherTakesOver() throws Exception {
    try (OperatorProcess first = OperatorProcess.elected(cluster, cluster.url())) {
      team.readyHost("pve", "");
      String leader = cluster.leader();
      try (OperatorProcess second = OperatorProcess.elected(cluster, cluster.url())) {
        until("the second waits", () -> second.log().contains("operator started"));
        team.session("before", "pve", "");
        ConsoleSession before = team.inState("before", SessionState.Ready);
        assertThat(cluster.leader()).isEqualTo(leader);
        first.kill();
        long killed = System.nanoTime();
        team.session("after", "pve", "");
        team.at(ConsoleSession.class, "before").delete();
        team.inState("after", SessionState.Ready);
        Duration taken = Duration.ofNanos(System.nanoTime() - killed);
        System.out.println("leader killed to session Ready: " + taken.toMillis() + " ms");
        assertThat(cluster.leader()).isNotEqualTo(leader);
        assertThat(taken).isLessThan(TAKE_OVER);
        until("what was deleted meanwhile ends", () -> team.grant(before) == null);
      }
    }
  }

  @Test
  void anApiServerThatIsAwayForAMinuteLosesNothing() throws Exception {
    try (Wire wire = Wire.to(cluster.url());
        Kept one = new Kept(wire);
        Kept other = new Kept(wire)) {
      team.readyHost("pve", "");
      team.session("open", "pve", "");
      ConsoleSession open = team.inState("open", SessionState.Ready);
      team.session("deleted", "pve", "");
      ConsoleSession deleted = team.inState("deleted", SessionState.Ready);
      wire.cut();
      team.session("meanwhile", "pve", "");
      team.change("open", "{\"spec\":{\"durationSeconds\":7200}}");
      team.at(ConsoleSession.class, "deleted").delete();
      Awaitility.await("the API server is away")
          .pollDelay(OUTAGE)
          .atMost(OUTAGE.plusSeconds(30))
          .until(() -> true);
      assertThat(team.state("meanwhile")).as("nobody can have seen it").isEmpty();
      wire.mend();
      long mended = System.nanoTime();
      until(
          "it is made up for",
          () -> {
            one.keep();
            other.keep();
            return team.state("meanwhile").filter(s -> s == SessionState.Ready).isPresent()
                && team.grant(deleted) == null
                && !team.grant(open)
                    .getSpec()
                    .expirationTime()
                    .equals(open.getStatus().expirationTime());
          });
      System.out.println(
          "API server back to all made up for: "
              + Duration.ofNanos(System.nanoTime() - mended).toMillis()
              + " ms");
      assertThat(team.state("open")).contains(SessionState.Ready);
    }
  }

  /** Starts an operator again when it has ended, as a kubelet does. */
  private final class Kept implements AutoCloseable {

    private final Wire wire;
    private OperatorProcess process;

    Kept(Wire wire) {
      this.wire = wire;
      process = OperatorProcess.elected(cluster, wire.url());
    }

    void keep() {
      if (!process.isAlive()) {
        process = OperatorProcess.elected(cluster, wire.url());
      }
    }

    @Override
    public void close() throws InterruptedException {
      process.close();
    }
  }

  @Test
  void watchesThatBreakAreBegunAnew() throws IOException {
    try (Wire wire = Wire.to(cluster.url());
        RunningOperator operator = RunningOperator.through(cluster, wire)) {
      team.readyHost("pve", "");
      for (int i = 0; i < 3; i++) {
        team.session("kept" + i, "pve", "");
        ConsoleSession kept = team.inState("kept" + i, SessionState.Ready);
        wire.drop();
        team.session("made" + i, "pve", "");
        team.at(ConsoleSession.class, "kept" + i).delete();
        team.inState("made" + i, SessionState.Ready);
        until("its grant goes", () -> team.grant(kept) == null);
      }
    }
  }

  @Test
  void connectionsThatFallSilentAreNoticed() throws Exception {
    try (Wire wire = Wire.to(cluster.url());
        Kept operator = new Kept(wire)) {
      team.readyHost("pve", "");
      team.session("before", "pve", "");
      team.inState("before", SessionState.Ready);

      wire.silence();
      long silenced = System.nanoTime();
      team.session("after", "pve", "");

      until(
          "the operator begins anew",
          () -> {
            operator.keep();
            return team.state("after").filter(s -> s == SessionState.Ready).isPresent();
          });
      System.out.println(
          "Connections silent to a new session ready: "
              + Duration.ofNanos(System.nanoTime() - silenced).toMillis()
              + " ms");
    }
  }
}
