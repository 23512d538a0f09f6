// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.viewer.Room;
import io.pveconsole.simulator.guest.GuestSpec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles that must not open, and clients that are not the page. */
class ConsoleRefusalTest {

  private static final String OTHER = "22222222-2222-3333-4444-555555555555";

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

  private Grant stored(String name) {
    return relay.grants.get(name).orElseThrow();
  }

  private Browser signedInTo(String session) {
    Browser browser = relay.browser(session);
    assertThat(browser.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    return browser;
  }

  @Test
  void aGuestThatIsNotSharedShowsItselfToTheFirst() {
    relay.grants.put(Grants.unshared(Grants.fresh(RunningRelay.SESSION, Instant.now())));
    relay.grants.put(Grants.unshared(Grants.fresh(OTHER, Instant.now())));
    ConsoleSocket first = relay.signedIn().open();
    first.handshake();

    ConsoleSocket second = signedInTo(OTHER).open();

    assertThat(second.closeCode()).isEqualTo(4011);
    assertThat(first.isClosed()).isFalse();
    Awaitility.await("it withdraws").until(() -> stored(OTHER).status().viewer() == null);
  }

  @Test
  void aRelayThatIsFullLetsNobodyInButThoseWhoComeBack() {
    relay.close();
    relay = new RunningRelay(directory, true, RunningRelay.Setup.usual().with(new Room(0)));
    relay.grants.put(Grants.fresh(RunningRelay.SESSION, Instant.now()));
    relay.grants.put(Grants.fresh(OTHER, Instant.now()));
    Browser one = relay.signedIn();
    one.open().handshake();
    Browser another = signedInTo(OTHER);

    assertThat(another.open().closeCode()).isEqualTo(1013);
    assertThat(stored(OTHER).status().viewer()).isNull();
    assertThat(relay.relay.metrics().scrape())
        .contains(
            "pveconsole_viewers_limit{host=\"pve7\",namespace=\"consoles\"} 1.0", "RelayBusy");

    ConsoleSocket again = one.open();
    again.handshake();
    again.close();
    Awaitility.await("room").until(() -> stored(RunningRelay.SESSION).status().viewer() == null);

    another.open().handshake();
  }

  @Test
  void anotherGuestOfTheSameNumberIsNeverShown() {
    relay.grant();
    Browser browser = relay.signedIn();
    ConsoleSocket socket = browser.open();
    socket.handshake();
    Awaitility.await("the identity")
        .until(() -> stored(RunningRelay.SESSION).status().target() != null);
    socket.close();
    relay.simulator.guests().replace(GuestSpec.vm(100, "web-1", "pve1"));

    ConsoleSocket again = browser.open();

    assertThat(again.closeCode()).isEqualTo(4007);
    Awaitility.await("the end").until(() -> stored(RunningRelay.SESSION).status().ended() != null);
    assertThat(stored(RunningRelay.SESSION).status().ended().reason())
        .isEqualTo(TerminationReason.TargetChanged);
  }

  @Test
  void plainClientsGetBytesOnly() {
    relay.grant();
    Browser browser = relay.signedIn();

    ConsoleSocket socket = Futures.value(browser.connect(browser.origin(), List.of("binary")));

    assertThat(socket.read(12).toString()).isEqualTo("RFB 003.008\n");
    socket.send(Buffer.buffer("RFB 003.008\n"));
    assertThat(socket.read(2).getBytes()).containsExactly(1, 1);
    assertThat(socket.controls()).isEmpty();
    socket.sendControl(new JsonObject().put("t", "ping").put("n", 1));
    assertThat(socket.closeCode()).isEqualTo(4009);
  }

  @Test
  void withoutTheApiServerNobodyNewComesIn() {
    relay.grant();
    Browser browser = relay.signedIn();
    relay.grants.away(true);

    assertThat(browser.open().closeCode()).isEqualTo(4104);
    assertThat(relay.simulator.tasks()).isEmpty();
    assertThat(browser.post("refresh", new JsonObject()).code()).isEqualTo("Unavailable");
    assertThat(browser.post("state", new JsonObject()).status()).isEqualTo(200);
  }

  @Test
  void aRevokeThatNoWatchHasToldOfIsNoticedBeforeAnythingIsOpened() {
    Browser browser = signedInWithout(granted -> Grants.ending(granted, TerminationReason.Revoked));

    ConsoleSocket socket = browser.open();

    assertThat(socket.closeCode()).isEqualTo(4001);
    assertThat(relay.simulator.tasks()).isEmpty();
    assertThat(stored(RunningRelay.SESSION).status().viewer()).isNull();
  }

  @Test
  void aDeletionThatNoWatchHasToldOfIsNoticedBeforeAnythingIsOpened() {
    Browser browser =
        signedInWithout(
            granted -> new Grant(granted.name(), "another", "1", granted.spec(), granted.status()));

    ConsoleSocket socket = browser.open();

    assertThat(socket.closeCode()).isEqualTo(4001);
    assertThat(relay.simulator.tasks()).isEmpty();
  }

  /** Signed in to a grant that then changes, which the relay does not hear of. */
  private Browser signedInWithout(UnaryOperator<Grant> change) {
    relay.grant();
    Browser browser = relay.signedIn();
    Grant changed = change.apply(stored(RunningRelay.SESSION));
    relay.grants.replace(
        new Grant(changed.name(), changed.uid(), "1000", changed.spec(), changed.status()));
    return browser;
  }

  @Test
  void aGuestThatIsNotThereIsDiagnosed() {
    relay.grants.put(
        Grants.of(
            Grants.fresh(RunningRelay.SESSION, Instant.now()),
            999,
            io.pveconsole.api.v1alpha1.ConsoleKind.VNC));
    ConsoleSocket socket = relay.signedIn().open();

    assertThat(socket.closeCode()).isEqualTo(4101);
    assertThat(socket.closeReason()).isEqualTo("GuestNotFound");
    assertThat(socket.control("step").getString("step")).isEqualTo("dns");
    Awaitility.await("the doctor")
        .until(() -> stored(RunningRelay.SESSION).status().doctor() != null);
    assertThat(stored(RunningRelay.SESSION).status().doctor().message()).contains("999");
  }

  @Test
  void theOrderToEndIsConfirmedWhereNobodyLooks() {
    relay.grant();

    relay.grants.edit(
        RunningRelay.SESSION, grant -> Grants.ending(grant, TerminationReason.PolicyChanged));

    Awaitility.await("the confirmation")
        .until(() -> stored(RunningRelay.SESSION).status().ended() != null);
    assertThat(relay.browser().redeem(Grants.SECRET, Grants.NONCE).code())
        .isEqualTo("PolicyChanged");
  }
}
