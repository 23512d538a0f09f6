// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A link works once, on two relays that share one API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneTimeLinkTest {

  private static final int RACES = 1000;
  private static final int BATCH = 50;
  private static final Duration LATER = Duration.ofSeconds(61);
  private static final String WRONG = "x".repeat(43);

  @TempDir static Path directory;
  private RunningRelay here;
  private Replica there;
  private Replica later;

  @BeforeAll
  void start() {
    here = new RunningRelay(directory, false);
    there = new Replica(here, "pve7-relay-2", Clock.systemUTC());
    later = new Replica(here, "pve7-relay-3", Clock.offset(Clock.systemUTC(), LATER));
  }

  @AfterAll
  void stop() {
    here.close();
  }

  private String session() {
    return session(grant -> grant);
  }

  private String session(UnaryOperator<Grant> change) {
    String name = UUID.randomUUID().toString();
    here.grants.put(change.apply(Grants.fresh(name, Instant.now())));
    return name;
  }

  private static String nonce(int number) {
    return "nonce-%016d".formatted(number);
  }

  private Grant stored(String session) {
    return here.grants.get(session).orElseThrow();
  }

  private Future<Browser.Answer> race(Browser browser, int number) {
    return browser.redeemSoon(Grants.SECRET, nonce(number));
  }

  @Test
  void aThousandRacesOnTwoRelaysHaveOneWinnerEach() {
    for (int begin = 0; begin < RACES; begin += BATCH) {
      List<List<Future<Browser.Answer>>> races = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        String session = session();
        races.add(List.of(race(here.browser(session), 1), race(there.browser(session), 2)));
      }
      for (List<Future<Browser.Answer>> race : races) {
        Browser.Answer one = Futures.value(race.get(0));
        Browser.Answer other = Futures.value(race.get(1));
        assertThat(List.of(one.status(), other.status())).containsExactlyInAnyOrder(204, 409);
        Browser.Answer loser = one.status() == 409 ? one : other;
        assertThat(loser.code()).isEqualTo("LinkReused");
        assertThat(loser.headers().contains("Set-Cookie")).isFalse();
      }
    }
  }

  @Test
  void ofAThousandRacersOnOneSessionOneWins() {
    String session = session();
    Browser one = here.browser(session);
    Browser other = there.browser(session);
    List<Future<Browser.Answer>> racers = new ArrayList<>();
    for (int i = 0; i < RACES; i++) {
      racers.add(race(i % 2 == 0 ? one : other, i));
    }
    List<Browser.Answer> answers = racers.stream().map(Futures::value).toList();

    assertThat(answers.stream().filter(answer -> answer.status() == 204)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 204))
        .allMatch(answer -> List.of("LinkReused", "TooManyRequests").contains(answer.code()))
        .anyMatch(answer -> answer.code().equals("LinkReused"));
    assertThat(stored(session).status().ended()).isNull();
  }

  @Test
  void aLostAnswerIsGivenAgainByEitherRelayForAMinute() {
    String session = session();
    assertThat(here.browser(session).redeem(Grants.SECRET, nonce(1)).status()).isEqualTo(204);

    Browser again = there.browser(session);
    assertThat(again.redeem(Grants.SECRET, nonce(1)).status()).isEqualTo(204);
    assertThat(again.post("state", new JsonObject()).status()).isEqualTo(200);
    Browser late = later.browser(session);
    assertThat(late.redeem(Grants.SECRET, nonce(1)).code()).isEqualTo("LinkReused");
    assertThat(late.cookies()).isEmpty();
  }

  @Test
  void aSecondTabOrOneThatCameBackNeedsNoLink() {
    String session = session();
    Browser browser = here.browser(session);
    browser.redeem(Grants.SECRET, nonce(1));
    Browser restored = there.browser(session);
    restored.cookies().putAll(browser.cookies());

    assertThat(restored.post("state", new JsonObject()).status()).isEqualTo(200);
    restored.cookies().remove("pvc-access");
    assertThat(restored.post("state", new JsonObject()).status()).isEqualTo(401);
    assertThat(restored.post("refresh", new JsonObject()).status()).isEqualTo(204);
    assertThat(restored.post("state", new JsonObject()).status()).isEqualTo(200);
  }

  @Test
  void whoLooksAheadUsesNothingUp() {
    String session = session();
    Browser ahead = here.browser(session);
    Map<String, String> headers = ahead.pageHeaders();
    headers.put("Sec-Purpose", "prefetch;prerender");
    JsonObject link = new JsonObject().put("secret", Grants.SECRET).put("nonce", nonce(1));

    String page = "/pve7/c/" + session;
    assertThat(ahead.get(page, Map.of("Sec-Purpose", "prefetch;prerender")).status())
        .isEqualTo(200);
    assertThat(ahead.send(HttpMethod.POST, page + "/redeem", headers, link.toBuffer()).code())
        .isEqualTo("NotVisible");
    assertThat(stored(session).status().redemption()).isNull();
    assertThat(here.browser(session).redeem(Grants.SECRET, nonce(2)).status()).isEqualTo(204);
  }

  @Test
  void whereAScannerWasFasterTheUserIsRefusedAndItIsWrittenDown() {
    String session = session();
    try (LogLines audit = LogLines.audit()) {
      Browser scanner = here.browser(session);
      assertThat(scanner.redeem(Grants.SECRET, nonce(1)).status()).isEqualTo(204);

      Browser.Answer refusal = there.browser(session).redeem(Grants.SECRET, nonce(2));

      assertThat(refusal.status()).isEqualTo(409);
      assertThat(refusal.code()).isEqualTo("LinkReused");
      assertThat(audit.values("event")).containsExactly("redeemed", "linkReused");
      assertThat(audit.values("sessionUid")).containsOnly(session);
      assertThat(audit.values("requestedBy")).containsOnly("kim@example.com");
      assertThat(scanner.post("state", new JsonObject()).status()).isEqualTo(200);
    }
  }

  @Test
  void aSecondUseEndsTheSessionEverywhereWhereTheHostWantsIt() {
    String session = session(Grants::endingOnReuse);
    Browser scanner = here.browser(session);
    scanner.redeem(Grants.SECRET, nonce(1));

    assertThat(there.browser(session).redeem(Grants.SECRET, nonce(2)).code())
        .isEqualTo("LinkReused");

    assertThat(stored(session).status().ended().reason()).isEqualTo(TerminationReason.LinkReused);
    Browser.Answer over = scanner.post("state", new JsonObject());
    assertThat(over.status()).isEqualTo(410);
    assertThat(over.code()).isEqualTo("LinkReused");
    assertThat(scanner.cookies()).isEmpty();
  }

  @Test
  void aStrangerLearnsNothingAndChangesNothing() {
    String session = session();
    String before = stored(session).resourceVersion();
    int reads = here.grants.reads();
    Browser.Answer known = here.browser(session).redeem(WRONG, nonce(1));
    int afterKnown = here.grants.reads();
    Browser.Answer unknown = here.browser(UUID.randomUUID().toString()).redeem(WRONG, nonce(1));
    int afterUnknown = here.grants.reads();

    assertThat(known.status()).isEqualTo(403);
    assertThat(known.code()).isEqualTo("WrongSecret");
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo(known.body());
    assertThat(unknown.headers().toString()).isEqualTo(known.headers().toString());
    assertThat(afterUnknown - afterKnown).isEqualTo(afterKnown - reads).isEqualTo(1);
    assertThat(stored(session).resourceVersion()).isEqualTo(before);
    assertThat(metric("pveconsole_redeems_total", "WrongSecret")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void anAttackOnASessionDoesNotKeepItsUserOut() {
    String session = session();
    Browser attacker = here.browser(session);
    List<Future<Browser.Answer>> tries = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tries.add(attacker.redeemSoon(WRONG, nonce(i)));
    }
    List<String> codes = tries.stream().map(t -> Futures.value(t).code()).toList();

    assertThat(codes).contains("TooManyRequests").containsOnly("TooManyRequests", "WrongSecret");
    assertThat(attacker.redeem(WRONG, nonce(1)).code()).isEqualTo("TooManyRequests");
    assertThat(here.browser(session).redeem(Grants.SECRET, nonce(1)).status()).isEqualTo(204);
  }

  private double metric(String name, String outcome) {
    String text =
        new Browser(here.vertx, here.managementPort(), "")
            .get("/metrics", Map.of())
            .body()
            .toString();
    return text.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("\"" + outcome + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
