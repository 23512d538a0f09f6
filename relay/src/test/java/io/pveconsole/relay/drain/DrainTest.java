// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.Browser;
import io.pveconsole.relay.ConsoleSocket;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.RunningRelay;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay with consoles that is told to stop. */
class DrainTest {

  @TempDir Path directory;
  private RunningRelay relay;

  @BeforeEach
  void start() {
    relay = new RunningRelay(directory, true);
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private ConsoleSocket open(int number) {
    String session = "22222222-2222-3333-4444-%012d".formatted(number);
    relay.grants.put(Grants.fresh(session, Instant.now()));
    Browser browser = relay.browser(session);
    browser.redeem(Grants.SECRET, Grants.NONCE);
    ConsoleSocket socket = browser.open();
    socket.handshake();
    return socket;
  }

  @Test
  void withoutConsolesItIsDoneAtOnce() {
    Instant asked = Instant.now();

    Futures.value(relay.relay.drain());

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(relay.relay.drainTime()).isEqualTo(Duration.ofSeconds(30));
    assertThat(relay.relay.isReady()).isFalse();
  }

  @Test
  void isDoneWhenAllAreClosedAndTheirGrantsAreWritten() {
    List<ConsoleSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sockets.add(open(i));
    }

    Future<Void> drained = relay.relay.drain(Duration.ofSeconds(2));

    assertThat(relay.relay.isReady()).isFalse();
    assertThat(drained.isComplete()).isFalse();
    Futures.value(drained);
    sockets.forEach(socket -> assertThat(socket.closeCode()).isEqualTo(4112));
    assertThat(sockets.getFirst().closeReason()).isEqualTo("RelayRestarting");
    assertThat(Futures.value(relay.grants.list()))
        .allMatch(grant -> grant.status().viewer() == null)
        .allMatch(grant -> grant.status().ended() == null);
  }

  @Test
  void whoHasJustLeftIsWrittenBeforeItIsDone() {
    ConsoleSocket socket = open(1);
    socket.close();
    Awaitility.await("the relay has noticed")
        .pollInterval(Duration.ofMillis(5))
        .until(() -> relay.relay.metrics().scrape().contains("outcome=\"BrowserGone\""));

    Futures.value(relay.relay.drain());

    assertThat(Futures.value(relay.grants.list()))
        .allMatch(grant -> grant.status().viewer() == null);
  }
}
