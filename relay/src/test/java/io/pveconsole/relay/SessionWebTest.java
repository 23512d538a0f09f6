// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.api.v1alpha1.DoctorStep;
import io.pveconsole.relay.grants.Grants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public and the management port, by a real client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionWebTest {

  @TempDir static Path directory;
  private RunningRelay relay;
  private static final JsonObject REDEEM =
      new JsonObject().put("secret", Grants.SECRET).put("nonce", Grants.NONCE);

  @BeforeAll
  void start() {
    relay = new RunningRelay(directory, false);
    relay.grant();
  }

  @AfterAll
  void stop() {
    relay.close();
  }

  private String page() {
    return "/pve7/c/" + RunningRelay.SESSION;
  }

  @Test
  void thePageIsTheSameForEverybody() {
    Browser stranger = relay.browser();
    Browser.Answer page = stranger.get(page(), Map.of());
    Browser.Answer other = relay.signedIn().get("/pve7/c/unknown", Map.of());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().get("Content-Type")).startsWith("text/html");
    assertThat(page.body()).isEqualTo(other.body());
    assertThat(page.headers().get("Content-Security-Policy"))
        .contains("connect-src 'self' ws://localhost:" + relay.port());
    assertThat(page.headers().contains("Set-Cookie")).isFalse();
    assertThat(stranger.get(page(), Map.of("If-None-Match", page.headers().get("ETag"))).status())
        .isEqualTo(304);
  }

  @Test
  void packsFilesForThoseWhoUnpack() {
    Browser browser = relay.browser();
    String file = "/pve7/assets/css/page.css";

    assertThat(browser.get("/pve7/assets/js/boot.js", Map.of()).headers().get("Content-Type"))
        .startsWith("text/javascript");
    assertThat(browser.get(file, Map.of()).headers().get("Content-Type")).startsWith("text/css");
    Browser.Answer packed = browser.get(file, Map.of("Accept-Encoding", "gzip"));
    assertThat(packed.headers().get("Content-Encoding")).isEqualTo("gzip");
    assertThat(browser.get(file, Map.of("If-None-Match", packed.headers().get("ETag"))).status())
        .isEqualTo(304);
    assertThat(browser.get("/pve7/assets/js/none.js", Map.of()).status()).isEqualTo(404);
    assertThat(browser.get("/", Map.of()).code()).isEqualTo("NotFound");
    assertThat(browser.send(HttpMethod.POST, file, Map.of(), Buffer.buffer()).status())
        .isEqualTo(405);
  }

  @Test
  void filesNamedByThisBuildMayBeKeptAndThoseOfAnotherAreAnsweredButNotKept() {
    Browser browser = relay.browser();
    Matcher named =
        Pattern.compile("\\.\\./(assets/[0-9a-f]{16}/js/boot\\.js)")
            .matcher(browser.get(page(), Map.of()).body().toString());
    assertThat(named.find()).isTrue();
    Browser.Answer ours = browser.get("/pve7/" + named.group(1), Map.of());
    Browser.Answer other = browser.get("/pve7/assets/0123456789abcdef/js/boot.js", Map.of());

    assertThat(ours.status()).isEqualTo(200);
    assertThat(ours.headers().get("Cache-Control")).contains("immutable").contains("31536000");
    assertThat(other.body()).isEqualTo(ours.body());
    assertThat(other.headers().get("Cache-Control")).isEqualTo("no-cache");
    assertThat(browser.get(page(), Map.of()).headers().get("Cache-Control")).isEqualTo("no-cache");
    assertThat(browser.get("/pve7/assets/0123456789abcdef/build.txt", Map.of()).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pve7",
        "/pve7/c/",
        "/pve7/c/abc/",
        "/pve7/c/abc/other",
        "/pve7/c/a%2Fb",
        "/pve7/./c/abc",
        "/pve8/c/abc",
        "/pve7/index.html",
        "/pve7/assets/",
        "/pve7/assets/js/../../index.html",
        "/pve7/assets/../index.html",
        "/pve7/assets/js//boot.js",
        "/pve7/assets/js/boot.js/",
        "/pve7/assets/.hidden",
        "/pve7/assets/%2e%2e/x",
        "/pve7/assets/js/b%6fot.js"
      })
  void servesNothingElse(String path) {
    Browser.Answer answer = relay.browser().get(path, Map.of());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("NotFound");
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void signsInRefreshesAndSignsNobodyElseIn() {
    Browser browser = relay.browser();
    assertThat(browser.post("state", new JsonObject()).code()).isEqualTo("NotSignedIn");
    assertThat(browser.post("refresh", new JsonObject()).code()).isEqualTo("NotSignedIn");

    relay.grants.put(Grants.fresh("22222222-0000-0000-0000-000000000000", java.time.Instant.now()));
    Browser other =
        new Browser(relay.vertx, relay.port(), "/pve7/c/22222222-0000-0000-0000-000000000000");
    assertThat(other.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
    Browser.Answer state = other.post("state", new JsonObject());
    assertThat(state.body().toJsonObject().getString("console")).isEqualTo("VNC");
    assertThat(state.body().toJsonObject().getInteger("expiresInSeconds")).isBetween(3500, 3600);
    assertThat(other.post("refresh", new JsonObject()).status()).isEqualTo(204);
    assertThat(other.redeem(Grants.SECRET, Grants.OTHER_NONCE).status()).isEqualTo(409);

    Browser thief = new Browser(relay.vertx, relay.port(), "/pve7/c/unknown");
    thief.cookies().putAll(other.cookies());
    assertThat(thief.post("state", new JsonObject()).code()).isEqualTo("NotSignedIn");
  }

  @Test
  void believesNoOtherSite() {
    Browser browser = relay.browser();
    String call = page() + "/redeem";
    Map<String, String> json = Map.of("Content-Type", "application/json");

    assertThat(browser.send(HttpMethod.POST, call, json, REDEEM.toBuffer()).code())
        .isEqualTo("WrongOrigin");
    for (String origin :
        List.of("http://evil.example", "null", "http://localhost", browser.origin() + ".evil")) {
      assertThat(
              browser
                  .send(
                      HttpMethod.POST,
                      call,
                      Map.of("Content-Type", "application/json", "Origin", origin),
                      REDEEM.toBuffer())
                  .code())
          .isEqualTo("WrongOrigin");
    }
    assertThat(
            browser
                .send(
                    HttpMethod.POST,
                    call,
                    Map.of(
                        "Content-Type", "application/json",
                        "Origin", browser.origin(),
                        "Sec-Fetch-Site", "same-site"),
                    REDEEM.toBuffer())
                .code())
        .isEqualTo("WrongOrigin");
  }

  @Test
  void acceptsSmallJsonOnly() {
    Browser browser = relay.browser();
    Map<String, String> form = Map.of("Origin", browser.origin(), "Content-Type", "text/plain");

    assertThat(browser.send(HttpMethod.POST, page() + "/state", form, Buffer.buffer("{}")).status())
        .isEqualTo(415);
    assertThat(browser.post("state", new JsonObject().put("x", "y".repeat(5000))).status())
        .isEqualTo(413);
    Map<String, String> json =
        Map.of("Origin", browser.origin(), "Content-Type", "application/json");
    assertThat(
            browser.send(HttpMethod.POST, page() + "/redeem", json, Buffer.buffer("{oops")).code())
        .isEqualTo("BadRequest");
    assertThat(browser.get(page() + "/redeem", Map.of()).status()).isEqualTo(405);
  }

  @Test
  void upgradesOnlyTheHoldersOwnPage() {
    Browser browser = relay.browser();

    assertThat(rejected(browser, browser.origin())).isEqualTo(401);
    assertThat(rejected(browser, "http://evil.example")).isEqualTo(403);
    assertThat(browser.get(page() + "/ws", Map.of()).status()).isEqualTo(400);
  }

  private int rejected(Browser browser, String origin) {
    Throwable thrown = Futures.failure(browser.connect(origin, List.of("pveconsole.v1")));
    return ((UpgradeRejectedException) thrown).getStatus();
  }

  @Test
  void reportsMissingCredentialsAndHealsByItself() throws Exception {
    assertThat(relay.hosts.reports().getFirst().endpoints().getFirst().reason())
        .isEqualTo("CredentialsMissing");
    assertThat(relay.hosts.reports().getFirst().endpoints().getFirst().step())
        .isEqualTo(DoctorStep.auth);

    relay.writeCredentials();

    Awaitility.await("a good report")
        .atMost(java.time.Duration.ofSeconds(20))
        .until(
            () ->
                relay.hosts.reports().getLast().endpoints().stream()
                    .allMatch(endpoint -> endpoint.reason() == null));
    assertThat(relay.hosts.reports().getLast().proxmoxVersion()).isNotBlank();
    assertThat(relay.hosts.reports().getLast().keyId()).isEqualTo("k1");
  }

  @Test
  void takesNewKeysFromTheMount() throws Exception {
    relay.key("next", "k2", 2);

    Awaitility.await("the new key")
        .atMost(java.time.Duration.ofSeconds(20))
        .until(() -> relay.hosts.reports().getLast().keyId().equals("k2"));
    java.nio.file.Files.delete(directory.resolve("keys/next"));
    Awaitility.await("the old key")
        .atMost(java.time.Duration.ofSeconds(20))
        .until(() -> relay.hosts.reports().getLast().keyId().equals("k1"));
  }

  @Test
  void answersOnTheManagementPort() {
    Browser probe = new Browser(relay.vertx, relay.managementPort(), "");

    assertThat(probe.get("/livez", Map.of()).status()).isEqualTo(200);
    assertThat(probe.get("/readyz", Map.of()).body().toString()).isEqualTo("ok\n");
    assertThat(probe.get("/metrics", Map.of()).body().toString())
        .contains("pveconsole_viewers{host=\"pve7\",namespace=\"consoles\"}");
    assertThat(probe.get(page(), Map.of()).status()).isEqualTo(404);
  }
}
