// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;
import io.pveconsole.api.v1alpha1.grant.GrantEnded;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GuestIdentity;
import io.pveconsole.relay.LogLines;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lines that say who saw which guest. */
class AuditTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Audit audit = new Audit("pve7");
  private final LogLines lines = LogLines.audit();

  @AfterEach
  void stop() {
    lines.close();
  }

  private static Grant ended(String pod, Instant when) {
    Grant grant = Grants.fresh("s", NOW);
    return new Grant(
        grant.name(),
        grant.uid(),
        "7",
        grant.spec(),
        new ConsoleGrantStatus(
            null,
            null,
            new GuestIdentity("web-1", "qemu", "pve1", "identity"),
            null,
            new GrantEnded(TerminationReason.IdleTimeout, when.toString(), pod)));
  }

  private static Grant requestedBy(String who, boolean verified) {
    Grant grant = Grants.fresh("s", NOW);
    ConsoleGrantSpec spec = grant.spec();
    return new Grant(
        grant.name(),
        grant.uid(),
        "1",
        new ConsoleGrantSpec(
            spec.hostName(),
            new GrantSession("team", "demo", "s", who, verified),
            spec.target(),
            spec.console(),
            spec.tokenSha256(),
            spec.linkExpirationTime(),
            spec.expirationTime(),
            spec.idleTimeoutSeconds(),
            spec.viewOnly(),
            spec.clipboard(),
            spec.guestSharing(),
            spec.onLinkReuse(),
            spec.end()),
        grant.status());
  }

  private void writeAll(Grant grant) {
    audit.redeemed(grant, "192.0.2.1");
    audit.redeemedAgain(grant, "192.0.2.1");
    audit.linkReused(grant, "192.0.2.1");
    audit.refused("s", Optional.of(grant), "192.0.2.1", "Expired");
    audit.refused("unknown", Optional.empty(), "192.0.2.1", "WrongSecret");
    audit.opening(grant, "viewer", "192.0.2.1");
    audit.closed(grant, "viewer", "192.0.2.1", 4003, "IdleTimeout");
    audit.ended(ended("pod", NOW));
  }

  @Test
  void allLinesHaveTheSameKeysAndNoneASecret() {
    writeAll(requestedBy("kim@example.com", true));

    assertThat(lines.keys()).hasSize(8);
    assertThat(lines.keys())
        .allSatisfy(
            line ->
                assertThat(line.keySet())
                    .containsExactlyInAnyOrder(
                        "event",
                        "host",
                        "namespace",
                        "session",
                        "sessionUid",
                        "requestedBy",
                        "requesterVerified",
                        "vmid",
                        "guest",
                        "node",
                        "console",
                        "viewer",
                        "code",
                        "reason",
                        "address"));
    assertThat(lines.values("event"))
        .containsExactly(
            "redeemed",
            "redeemedAgain",
            "linkReused",
            "refused",
            "refused",
            "opening",
            "closed",
            "ended");
    String all = String.join("\n", lines.printed());
    assertThat(all)
        .doesNotContain(Grants.SECRET, Grants.NONCE, Grants.fresh("s", NOW).spec().tokenSha256());
  }

  @Test
  void saysWhoGuestAddressAndWhy() {
    writeAll(requestedBy("kim@example.com", false));

    JsonObject closed = new JsonObject(lines.printed().get(6));
    assertThat(closed.getString("logger")).isEqualTo("pveconsole.audit");
    assertThat(closed.getString("requestedBy")).isEqualTo("kim@example.com");
    assertThat(closed.getString("requesterVerified")).as("claimed only").isEqualTo("false");
    assertThat(closed.getString("vmid")).isEqualTo("100");
    assertThat(closed.getString("address")).isEqualTo("192.0.2.1");
    assertThat(closed.getString("code")).isEqualTo("4003");
    assertThat(closed.getString("reason")).isEqualTo("IdleTimeout");
    JsonObject end = new JsonObject(lines.printed().get(7));
    assertThat(end.getString("guest")).isEqualTo("web-1");
    assertThat(end.getString("node")).isEqualTo("pve1");
    assertThat(end.getString("reason")).isEqualTo("IdleTimeout");
  }

  @Test
  void nobodyCanWriteALineOfHisOwn() {
    String forged = "kim\n{\"event\":\"redeemed\",\"requestedBy\":\"root\"}\r\n\u2028\u0000\"";

    audit.redeemed(requestedBy(forged, false), "192.0.2.1\n{}");

    String printed = lines.printed().getFirst();
    assertThat(printed.strip().lines()).hasSize(1);
    JsonObject line = new JsonObject(printed);
    assertThat(line.getString("event")).isEqualTo("redeemed");
    assertThat(line.getString("requestedBy")).isEqualTo(forged);
  }

  @Test
  void anEndIsWrittenOnceByTheRelayThatWroteIt() {
    EndAudit ends = new EndAudit(audit, "pod", Clock.fixed(NOW, ZoneOffset.UTC));

    ends.changed(Grants.fresh("s", NOW));
    ends.changed(ended("other-pod", NOW));
    ends.changed(ended("pod", NOW.minusSeconds(1)));
    assertThat(lines.keys()).isEmpty();
    ends.changed(ended("pod", NOW));
    ends.changed(ended("pod", NOW));

    assertThat(lines.values("event")).containsExactly("ended");
    ends.removed("s", TerminationReason.IdleTimeout);
    assertThat(lines.keys()).hasSize(1);
  }
}
