// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import static io.pveconsole.operator.testing.Samples.NOW;
import static io.pveconsole.operator.testing.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantViewer;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;
import io.pveconsole.api.v1alpha1.session.SessionState;
import io.pveconsole.operator.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of sessions whose host has no relays. */
class RelayLossTest extends HandlerScenario {

  @Test
  void lostRelaysEndAConnectedSessionAfterFiveMinutes() {
    ConsoleSession session = accepted("one");
    GrantViewer viewer = new GrantViewer("v", "pod", null, "2026-03-01T12:00:10Z");
    relaySays(session, new ConsoleGrantStatus(USED, viewer, null, null, null));
    ConsoleSession open = after(session, pass(session, host, NOW.plusSeconds(11)));
    ProxmoxHost away = Samples.copy(host);
    away.setStatus(
        new ProxmoxHostStatus(
            1L,
            List.of(Samples.condition("RelayAvailable", "False", NOW.plusSeconds(60))),
            "https://pve.example.com",
            null,
            null,
            null,
            null));
    Outcome waiting = pass(open, away, NOW.plusSeconds(359));
    assertThat(waiting.status().state()).isNotEqualTo(SessionState.Finished);
    assertThat(waiting.next()).contains(NOW.plusSeconds(360));
    assertThat(pass(open, away, NOW.plusSeconds(360)).status().terminationReason())
        .isEqualTo(TerminationReason.RelayLost);
  }

  @Test
  void withoutRelaysAConnectedSessionSaysSo() {
    ConsoleSession session = accepted("one");
    GrantViewer viewer = new GrantViewer("v", "pod", null, "2026-03-01T12:00:10Z");
    relaySays(session, new ConsoleGrantStatus(USED, viewer, null, null, null));
    ConsoleSession open = after(session, pass(session, host, NOW.plusSeconds(11)));
    relaySays(session, new ConsoleGrantStatus(USED, null, null, null, null));
    ProxmoxHost away = Samples.host("pve");
    away.setStatus(
        new ProxmoxHostStatus(1L, null, "https://pve.example.com", null, null, null, null));
    Outcome outcome = pass(open, away, NOW.plusSeconds(60));
    assertThat(condition(outcome, "Connected").reason()).isEqualTo("RelayLost");
    assertThat(condition(outcome, "Connected").status()).isEqualTo("False");
  }
}
