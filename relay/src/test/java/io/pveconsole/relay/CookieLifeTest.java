// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How long cookies are good, on replicas whose keys and clocks are not quite alike. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CookieLifeTest {

  private static final Duration MINUTE = Duration.ofSeconds(59);

  @TempDir static Path directory;
  private RunningRelay here;
  private Replica there;
  private Replica fast;
  private Replica slow;

  @BeforeAll
  void start() {
    here = new RunningRelay(directory, false);
    there = new Replica(here, "pve7-relay-2", Clock.systemUTC());
    fast = new Replica(here, "pve7-relay-3", Clock.offset(Clock.systemUTC(), MINUTE));
    slow = new Replica(here, "pve7-relay-4", Clock.offset(Clock.systemUTC(), MINUTE.negated()));
  }

  @AfterAll
  void stop() {
    here.close();
  }

  private String session() {
    String name = UUID.randomUUID().toString();
    here.grants.put(Grants.fresh(name, Instant.now()));
    return name;
  }

  @AfterEach
  void firstKeys() throws IOException {
    rotateHere("", "k1", "");
    rotate(there.directory, "", "k1", "");
    awaitKey("pve7-relay-1", "k1");
    awaitKey("pve7-relay-2", "k1");
  }

  private static Browser signedIn(Browser browser) {
    assertThat(browser.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    return browser;
  }

  private static Browser with(Browser browser, Browser from) {
    browser.cookies().clear();
    browser.cookies().putAll(from.cookies());
    return browser;
  }

  private static int state(Browser browser) {
    return browser.post("state", new JsonObject()).status();
  }

  private static int refresh(Browser browser) {
    return browser.post("refresh", new JsonObject()).status();
  }

  /** What the page does when a laptop wakes up: its access cookie is too old. */
  private static int wake(Browser browser) {
    browser.cookies().remove("pvc-access");
    assertThat(state(browser)).isEqualTo(401);
    return refresh(browser);
  }

  private void rotateHere(String previous, String current, String next) throws IOException {
    rotate(directory, previous, current, next);
  }

  private void rotate(Path relay, String previous, String current, String next) throws IOException {
    for (var slot :
        new TreeMap<>(java.util.Map.of("previous", previous, "current", current, "next", next))
            .entrySet()) {
      Path file = relay.resolve("keys").resolve(slot.getKey());
      if (slot.getValue().isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        RunningRelay.key(relay, slot.getKey(), slot.getValue(), slot.getValue().charAt(1) - '0');
      }
    }
  }

  private void awaitKey(String podName, String kid) {
    Predicate<String> pod = podName::equals;
    Awaitility.await(podName + " has " + kid)
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                here.hosts.reports().stream()
                    .filter(report -> pod.test(report.podName()))
                    .reduce((one, other) -> other)
                    .filter(last -> last.keyId().equals(kid))
                    .isPresent());
  }

  @Test
  void aRotationThatReachesTheReplicasOneAfterTheOtherLogsNobodyOut() throws IOException {
    String session = session();
    Browser asleep = signedIn(here.browser(session));
    Browser elsewhere = there.browser(session);
    rotateHere("", "k1", "k2");
    rotate(there.directory, "", "k1", "k2");
    awaitKey("pve7-relay-1", "k2");
    awaitKey("pve7-relay-2", "k2");

    // The next step has reached this replica, and not yet the other one.
    rotateHere("k1", "k2", "k3");
    awaitKey("pve7-relay-1", "k3");
    assertThat(state(asleep)).isEqualTo(200);
    assertThat(refresh(asleep)).isEqualTo(204);
    assertThat(state(with(elsewhere, asleep)))
        .as("sealed with the other's next key")
        .isEqualTo(200);
    assertThat(wake(elsewhere)).isEqualTo(204);
    assertThat(state(with(asleep, elsewhere))).as("sealed with the previous key").isEqualTo(200);

    // A laptop that slept since the first key was current.
    String old = session();
    Browser sleeper = signedIn(there.browser(old));
    rotate(there.directory, "k1", "k2", "k3");
    awaitKey("pve7-relay-2", "k3");
    assertThat(wake(with(here.browser(old), sleeper))).isEqualTo(204);
    assertThat(wake(sleeper)).isEqualTo(204);

    // A key that a replica does not know is no reason to call the session over.
    assertThat(refresh(asleep)).isEqualTo(204);
    rotateHere("k2", "k9", "");
    awaitKey("pve7-relay-1", "k9");
    assertThat(refresh(asleep)).isEqualTo(204);
    Browser.Answer unknown = with(elsewhere, asleep).post("state", new JsonObject());
    assertThat(unknown.code()).isEqualTo("NotSignedIn");
    assertThat(unknown.headers().contains("Set-Cookie")).as("the cookies stay").isFalse();
    assertThat(state(asleep)).isEqualTo(200);
  }

  @Test
  void clocksThatDifferByAMinuteLogNobodyOut() {
    for (List<Replica> pair : List.of(List.of(fast, slow), List.of(slow, fast))) {
      String session = session();
      Browser first = signedIn(pair.get(0).browser(session));
      Browser second = with(pair.get(1).browser(session), first);
      if (pair.get(0) == slow) {
        assertThat(state(second)).isEqualTo(200);
      }
      Browser middle = with(here.browser(session), first);
      assertThat(state(middle)).isEqualTo(200);
      assertThat(wake(middle)).isEqualTo(204);
      assertThat(state(with(second, middle))).isEqualTo(200);
      assertThat(wake(second)).isEqualTo(204);
    }
  }

  @Test
  void aStolenCookieDiesWithItsSession() {
    dies(
        "Revoked",
        name -> here.grants.edit(name, g -> Grants.ending(g, TerminationReason.Revoked)));
    dies(
        "Expired",
        name -> here.grants.edit(name, g -> Grants.expiring(g, Instant.now().minusSeconds(1))));
    dies("Revoked", here.grants::delete);
  }

  private void dies(String code, java.util.function.Consumer<String> end) {
    String session = session();
    Browser owner = signedIn(here.browser(session));
    List<Browser> thieves =
        List.of(with(here.browser(session), owner), with(there.browser(session), owner));
    thieves.forEach(thief -> assertThat(state(thief)).isEqualTo(200));

    end.accept(session);

    for (Browser thief : thieves) {
      var rejected =
          (UpgradeRejectedException)
              Futures.failure(thief.connect(thief.origin(), List.of("pveconsole.v1")));
      assertThat(rejected.getStatus()).isEqualTo(410);
      Browser.Answer refused = thief.post("refresh", new JsonObject());
      assertThat(refused.status()).isEqualTo(410);
      assertThat(refused.code()).isEqualTo(code);
      assertThat(thief.cookies()).as("taken away").isEmpty();
    }
  }

  @Test
  void aCookieIsNotGoodForAnotherGrantOfTheSameName() {
    String session = session();
    Browser owner = signedIn(there.browser(session));
    Grant old = here.grants.get(session).orElseThrow();
    here.grants.replace(
        new Grant(old.name(), "another-uid", old.resourceVersion(), old.spec(), old.status()));

    assertThat(refresh(owner)).isEqualTo(401);
    assertThat(
            ((UpgradeRejectedException)
                    Futures.failure(owner.connect(owner.origin(), List.of("pveconsole.v1"))))
                .getStatus())
        .isEqualTo(401);
  }

  @Test
  void noCookieDoesTheWorkOfAnother() {
    String session = session();
    Browser owner = signedIn(here.browser(session));
    String access = owner.cookies().get("pvc-access");
    String refresh = owner.cookies().get("pvc-refresh");
    Browser mixed = here.browser(session);
    mixed.cookies().put("pvc-access", refresh);
    mixed.cookies().put("pvc-refresh", access);

    assertThat(state(mixed)).isEqualTo(401);
    assertThat(refresh(mixed)).isEqualTo(401);
    assertThat(state(with(here.browser(session()), owner))).as("another session").isEqualTo(401);
  }

  @Test
  void aRefreshLearnsOfAnExtension() {
    String session = session();
    Browser owner = signedIn(here.browser(session));
    here.grants.edit(session, g -> Grants.expiring(g, Instant.now().plus(Duration.ofHours(2))));

    Browser.Answer refreshed = owner.post("refresh", new JsonObject());

    String cookie =
        refreshed.headers().getAll("Set-Cookie").stream()
            .filter(header -> header.startsWith("pvc-refresh="))
            .findFirst()
            .orElseThrow();
    String age = cookie.replaceAll(".*Max-Age=([0-9]+).*", "$1");
    assertThat(Integer.parseInt(age)).isBetween(7100, 7200);
  }

  @Test
  void bothCookiesGoWhenTheHolderEndsTheSession() {
    String session = session();
    Browser owner = signedIn(here.browser(session));
    Browser copy = with(there.browser(session), owner);

    Browser.Answer ended = owner.post("end", new JsonObject());

    assertThat(ended.status()).isEqualTo(204);
    assertThat(ended.headers().getAll("Set-Cookie"))
        .hasSize(2)
        .allMatch(
            header ->
                header.contains("=; Path=/pve7/c/" + session) && header.contains("Max-Age=0"));
    assertThat(owner.cookies()).isEmpty();
    assertThat(copy.post("state", new JsonObject()).code()).isEqualTo("ClosedByUser");
  }
}
