// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.fault.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts §2, §3, §4. */
class LoginTest {
  @RegisterExtension final Cluster cluster = new Cluster();

  private Http.Answer login(String user, String password) throws Exception {
    return cluster.http().post("access/ticket", Map.of("username", user, "password", password));
  }

  private Http.Answer versionWith(String ticket) throws Exception {
    return cluster.http().withTicket(ticket, "none").get("version");
  }

  private String ticket() throws Exception {
    return login("relay@pve", cluster.get().password()).data().get("ticket").asText();
  }

  @Test
  void givesTicketCsrfAndCapabilitiesButNoCookie() throws Exception {
    Http.Answer answer = login("relay@pve", cluster.get().password());

    JsonNode data = answer.data();
    assertThat(data.get("ticket").asText())
        .matches("PVE:relay@pve:[0-9A-F]{8}::[A-Za-z0-9+/]{300,}=*");
    assertThat(data.get("CSRFPreventionToken").asText()).matches("[0-9A-F]{8}:\\S{43}");
    assertThat(data.at("/cap/vms/VM.Console").asInt()).isEqualTo(1);
    assertThat(data.has("clustername")).isFalse();
    assertThat(answer.headers()).noneMatch(h -> h.startsWith("Set-Cookie"));
  }

  @Test
  void takesTheRealmAsAParameter() throws Exception {
    Http.Answer answer =
        cluster
            .http()
            .post(
                "access/ticket",
                Map.of("username", "relay", "realm", "pve", "password", cluster.get().password()));
    assertThat(answer.data().get("username").asText()).isEqualTo("relay@pve");
  }

  @Test
  void answersEveryFailureAlikeWithBody() throws Exception {
    for (String user : new String[] {"relay@pve", "nobody@pve", "relay"}) {
      Http.Answer answer = login(user, "wrong");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.reason()).isEqualTo("authentication failure");
      assertThat(answer.json().get("message").asText()).isEqualTo("authentication failure\n");
      assertThat(answer.json().get("data").isNull()).isTrue();
    }
  }

  @Test
  void refusesUnknownParameters() throws Exception {
    Http.Answer answer =
        cluster
            .http()
            .post("access/ticket", Map.of("username", "relay@pve", "password", "x", "foo", "1"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.reason()).isEqualTo("Parameter verification failed.");
    assertThat(answer.json().at("/errors/foo").asText()).contains("not defined in schema");
  }

  @Test
  void endsTicketsAfterTwoHoursAndRenewsThemBefore() throws Exception {
    String old = ticket();
    cluster.clock.advance(Duration.ofMinutes(90));
    Http.Answer renewal = login("relay@pve", old);
    assertThat(renewal.status()).isEqualTo(200);
    String fresh = renewal.data().get("ticket").asText();

    cluster.clock.advance(Duration.ofMinutes(31));

    assertThat(versionWith(old).status()).isEqualTo(401);
    assertThat(versionWith(fresh).status()).isEqualTo(200);
    assertThat(login("relay@pve", old).status()).isEqualTo(401);
    assertThat(login("auditor@pve", fresh).status()).isEqualTo(401);
  }

  @Test
  void renewsIdenticallyWithinASecond() throws Exception {
    assertThat(ticket()).isEqualTo(ticket());
  }

  @Test
  void refusesTicketsFromTheFuture() throws Exception {
    String ticket = ticket();
    cluster.clock.advance(Duration.ofMinutes(-4));
    assertThat(versionWith(ticket).status()).isEqualTo(200);
    cluster.clock.advance(Duration.ofMinutes(-2));
    assertThat(versionWith(ticket).status()).isEqualTo(401);
  }

  @Test
  void keepsTicketsThroughOneRotationOfTheKeyOnly() throws Exception {
    String ticket = ticket();
    cluster.get().faults().on(Fault.AUTH_ROTATED);
    assertThat(versionWith(ticket).status()).isEqualTo(200);
    cluster.get().faults().on(Fault.AUTH_ROTATED);
    assertThat(versionWith(ticket).status()).isEqualTo(401);
  }

  @Test
  void endsTicketsOfDisabledUsers() throws Exception {
    String ticket = ticket();
    cluster.get().accounts().enable("relay@pve", false);
    assertThat(versionWith(ticket).status()).isEqualTo(401);
    assertThat(cluster.token().get("version").status()).isEqualTo(401);
  }

  @Test
  void asksForTheSecondFactor() throws Exception {
    JsonNode first = login("tfa@pve", cluster.get().password()).data();
    String half = first.get("ticket").asText();
    assertThat(first.get("NeedTFA").asInt()).isEqualTo(1);
    assertThat(first.has("cap")).isFalse();
    assertThat(half).startsWith("PVE:!tfa!%7B");
    assertThat(versionWith(half).status()).isEqualTo(401);

    Map<String, String> right =
        Map.of("username", "tfa@pve", "password", "totp:123456", "tfa-challenge", half);
    Map<String, String> wrong =
        Map.of("username", "tfa@pve", "password", "totp:000000", "tfa-challenge", half);
    assertThat(cluster.http().post("access/ticket", wrong).status()).isEqualTo(401);
    assertThat(cluster.http().post("access/ticket", right).data().has("cap")).isTrue();
  }

  @Test
  void needsCsrfForPostByTicketOnly() throws Exception {
    String ticket = ticket();
    Http.Answer refused =
        cluster
            .http()
            .withTicket(ticket, "6A000000:bad")
            .post("nodes/pve1/qemu/100/vncproxy", Map.of());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.reason()).isEqualTo("Permission denied - invalid csrf token");
    assertThat(versionWith(ticket).status()).isEqualTo(200);
    assertThat(
            cluster
                .http()
                .loggedIn("relay@pve")
                .post("nodes/pve1/qemu/100/vncproxy", Map.of())
                .status())
        .isEqualTo(200);
    assertThat(cluster.token().post("nodes/pve1/qemu/100/vncproxy", Map.of()).status())
        .isEqualTo(200);
  }

  @Test
  void prefersAStaleCookieToAGoodToken() throws Exception {
    Http both = cluster.token().with("Cookie: PVEAuthCookie=stale");
    assertThat(both.get("version").status()).isEqualTo(401);
  }

  @Test
  void takesTicketsRawEncodedAndInTheHeader() throws Exception {
    String ticket = ticket();
    assertThat(cluster.http().with("Cookie: a=b; PVEAuthCookie=" + ticket).get("version").status())
        .isEqualTo(200);
    assertThat(
            cluster.http().with("Authorization: PVEAuthCookie=" + ticket).get("version").status())
        .isEqualTo(200);
  }

  @Test
  void refusesWrongTokensWithAnEmptyBodyAndOneText() throws Exception {
    Http http = cluster.http();
    Http.Answer bad = http.with("Authorization: PVEAPIToken=relay@pve!k8s=nope").get("version");
    assertThat(bad.status()).isEqualTo(401);
    assertThat(bad.reason()).isEqualTo("Authentication failed!");
    assertThat(bad.body()).isEmpty();
    assertThat(bad.headers()).noneMatch(h -> h.startsWith("Content-Length"));
    assertThat(http.get("version").reason()).isEqualTo("No ticket");
  }

  @Test
  void refusesATokenAtLogin() throws Exception {
    Http.Answer answer =
        cluster
            .token()
            .post(
                "access/ticket",
                Map.of("username", "relay@pve", "password", cluster.get().password()));
    assertThat(answer.status()).isEqualTo(403);
  }

  @Test
  void intersectsTheRightsOfASeparatedToken() throws Exception {
    Http bare =
        cluster
            .http()
            .with("Authorization: PVEAPIToken=relay@pve!bare=" + cluster.get().tokenSecret());
    assertThat(bare.get("version").status()).isEqualTo(200);
    assertThat(bare.get("cluster/resources?type=vm").data()).isEmpty();
    assertThat(bare.get("access/permissions?path=/vms/100").data().toString())
        .isEqualTo("{\"/vms/100\":{}}");
    Http.Answer refused = bare.post("nodes/pve1/qemu/100/vncproxy", Map.of("websocket", "1"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.reason()).isEqualTo("Permission check failed (/vms/100, VM.Console)");
    assertThat(cluster.token().get("access/permissions?path=/vms/100").data().toString())
        .isEqualTo("{\"/vms/100\":{\"VM.Audit\":1,\"VM.Console\":1}}");
  }

  @Test
  void answersOpenCallsToAnyone() throws Exception {
    assertThat(cluster.http().get("access/ticket").body()).isEqualTo("{\"data\":null}");
    assertThat(cluster.http().get("access/domains").data()).hasSize(2);
  }

  @Test
  void holdsA401BackForThreeSecondsByDefault() throws Exception {
    assertThat(Timings.proxmox().unauthorizedDelay()).isEqualTo(Duration.ofSeconds(3));
    Cluster slow =
        new Cluster(
            b -> b.timings(Timings.proxmox().withUnauthorizedDelay(Duration.ofMillis(700))));
    try {
      long start = System.nanoTime();
      assertThat(slow.http().get("version").status()).isEqualTo(401);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(690));
    } finally {
      slow.get().close();
    }
  }
}
