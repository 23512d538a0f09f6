// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.Futures;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.grants.MemoryGrantStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one use of a link, also when several try at once. */
class RedeemerTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String WRONG = "x".repeat(43);

  private final Vertx vertx = Vertx.vertx();
  private final MemoryGrantStore store = new MemoryGrantStore(vertx);
  private final GrantRegistry registry = new GrantRegistry();

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private Redeemer at(Instant when) {
    Clock clock = Clock.fixed(when, ZoneOffset.UTC);
    return new Redeemer(store, registry, new Audit("pve7"), "pod", clock, new ApiFailures(clock));
  }

  private Future<Grant> redeem(String secret, String nonce) {
    return redeem(NOW, "s", secret, nonce);
  }

  private Future<Grant> redeem(Instant when, String session, String secret, String nonce) {
    return at(when).redeem(session, LinkSecret.of(secret, nonce).orElseThrow(), "10.0.0.1");
  }

  private static String code(Future<?> future) {
    return ((ProblemException) Futures.failure(future)).problem().code();
  }

  @Test
  void writesTheUseDown() {
    store.put(Grants.fresh("s", NOW));

    Grant grant = Futures.value(redeem(Grants.SECRET, Grants.NONCE));

    assertThat(grant.status().redemption().nonceSha256()).isEqualTo(Hashes.sha256(Grants.NONCE));
    assertThat(store.get("s").orElseThrow().status().redemption())
        .isEqualTo(grant.status().redemption());
  }

  @Test
  void ofManyAtOnceOnlyOneWins() {
    store.put(Grants.fresh("s", NOW));
    List<Future<Grant>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(redeem(Grants.SECRET, String.format("nonce-%016d", i)));
    }

    Futures.value(Future.join(all).otherwiseEmpty());

    assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(all.stream().filter(Future::failed))
        .allSatisfy(
            failed ->
                assertThat(((ProblemException) failed.cause()).problem().code())
                    .isEqualTo("LinkReused"));
  }

  @Test
  void aLostAnswerMayBeAskedForAgainForAMinute() {
    store.put(Grants.fresh("s", NOW));
    Futures.value(redeem(Grants.SECRET, Grants.NONCE));

    Futures.value(redeem(NOW.plusSeconds(59), "s", Grants.SECRET, Grants.NONCE));
    assertThat(code(redeem(NOW.plusSeconds(61), "s", Grants.SECRET, Grants.NONCE)))
        .isEqualTo("LinkReused");
  }

  @Test
  void aSecondUseIsRefusedAndChangesNothing() {
    store.put(Grants.fresh("s", NOW));
    Futures.value(redeem(Grants.SECRET, Grants.NONCE));

    assertThat(code(redeem(Grants.SECRET, Grants.OTHER_NONCE))).isEqualTo("LinkReused");
    assertThat(store.get("s").orElseThrow().status().ended()).isNull();
  }

  @Test
  void aSecondUseEndsTheSessionWhereTheHostWantsIt() {
    store.put(Grants.endingOnReuse(Grants.fresh("s", NOW)));
    Futures.value(redeem(Grants.SECRET, Grants.NONCE));

    assertThat(code(redeem(Grants.SECRET, Grants.OTHER_NONCE))).isEqualTo("LinkReused");
    assertThat(store.get("s").orElseThrow().status().ended().reason())
        .isEqualTo(TerminationReason.LinkReused);
  }

  @Test
  void aWrongSecretLooksLikeNoSession() {
    store.put(Grants.fresh("s", NOW));

    assertThat(code(redeem(WRONG, Grants.NONCE))).isEqualTo("WrongSecret");
    assertThat(code(redeem(NOW, "other", Grants.SECRET, Grants.NONCE))).isEqualTo("WrongSecret");
    assertThat(LinkSecret.of("short", Grants.NONCE)).isEmpty();
    assertThat(LinkSecret.of(Grants.SECRET, "")).isEmpty();
    assertThat(LinkSecret.of(Grants.SECRET, Grants.NONCE).toString()).doesNotContain("ab");
    assertThat(store.get("s").orElseThrow().status().redemption()).isNull();
  }

  @Test
  void aWrongSecretDoesNotLearnThatASessionIsOver() {
    store.put(Grants.ending(Grants.fresh("s", NOW), TerminationReason.Revoked));

    assertThat(code(redeem(WRONG, Grants.NONCE))).isEqualTo("WrongSecret");
    assertThat(code(redeem(Grants.SECRET, Grants.NONCE))).isEqualTo("Revoked");
  }

  @Test
  void linksAndSessionsExpire() {
    store.put(Grants.fresh("s", NOW));

    assertThat(code(redeem(NOW.plusSeconds(600), "s", Grants.SECRET, Grants.NONCE)))
        .isEqualTo("LinkExpired");
    assertThat(code(redeem(NOW.plusSeconds(3600), "s", Grants.SECRET, Grants.NONCE)))
        .isEqualTo("Expired");
  }

  @Test
  void withoutTheApiServerNothingIsRedeemed() {
    store.put(Grants.fresh("s", NOW));
    registry.put(store.get("s").orElseThrow());
    store.away(true);

    assertThat(code(redeem(Grants.SECRET, Grants.NONCE))).isEqualTo("Unavailable");
  }

  /** The vector that operator, page and command line test as well. */
  @Test
  void hashesAsPublished() {
    assertThat(Hashes.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
