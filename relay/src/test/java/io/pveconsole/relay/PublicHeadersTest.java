// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.host.Hosts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask what from where, and what every answer says to browsers; also after a patch. */
class PublicHeadersTest {

  private static final String PAGE = "/pve7/c/" + RunningRelay.SESSION;

  @TempDir Path directory;
  private RunningRelay relay;

  @BeforeEach
  void start() {
    relay = new RunningRelay(directory, true);
    relay.grant();
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private Browser.Answer page() {
    return relay.browser().get(PAGE, Map.of());
  }

  private String redeem(String name, String value) {
    Browser browser = relay.browser();
    Map<String, String> headers = browser.pageHeaders();
    headers.put(name, value);
    return browser
        .send(HttpMethod.POST, PAGE + "/redeem", headers, new JsonObject().toBuffer())
        .code();
  }

  private int upgrade(Browser browser, String origin) {
    Throwable thrown = Futures.failure(browser.connect(origin, List.of("pveconsole.v1")));
    return ((UpgradeRejectedException) thrown).getStatus();
  }

  @Test
  void onlyTheOriginItselfMayCallAndConnect() {
    String host = "localhost:" + relay.port();
    Browser owner = relay.signedIn();
    for (String origin :
        List.of(
            "null",
            "",
            "http://localhost",
            "http://localhost:1",
            "https://" + host,
            "http://LOCALHOST:" + relay.port(),
            "http://localhost.:" + relay.port(),
            "http://" + host + "/",
            "http://" + host + ".evil.example",
            "http://evil@" + host,
            "http://" + host + "@evil.example",
            "http://127.0.0.1:" + relay.port(),
            "http://" + host + " http://evil.example",
            "file://")) {
      assertThat(redeem("Origin", origin)).as(origin).isEqualTo("WrongOrigin");
      assertThat(upgrade(owner, origin)).as(origin).isEqualTo(403);
    }
    for (String site : List.of("cross-site", "same-site", "none", "", "same-origin, cross-site")) {
      assertThat(redeem("Sec-Fetch-Site", site)).as(site).isEqualTo("WrongOrigin");
    }
    assertThat(redeem("Sec-Fetch-Site", "same-origin")).isEqualTo("WrongSecret");
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")) {
      assertThat(redeem("Content-Type", type)).as(type).isEqualTo("UnsupportedMediaType");
    }
    assertThat(redeem("Content-Type", "Application/JSON; charset=utf-8")).isEqualTo("WrongSecret");
  }

  @Test
  void noAnswerLetsAnotherSiteRead() {
    Browser browser = relay.browser();
    Map<String, String> preflight =
        Map.of(
            "Origin", "https://evil.example",
            "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "content-type");
    for (String path : List.of(PAGE, PAGE + "/redeem", "/pve7/assets/js/boot.js", "/")) {
      for (HttpMethod method :
          List.of(
              HttpMethod.OPTIONS,
              HttpMethod.GET,
              HttpMethod.PUT,
              HttpMethod.DELETE,
              HttpMethod.TRACE)) {
        Browser.Answer answer = browser.send(method, path, preflight, Buffer.buffer());
        assertThat(answer.headers().names())
            .noneMatch(name -> name.toLowerCase().startsWith("access-control"));
        assertThat(answer.headers().get("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().get("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().get("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.headers().get("Content-Security-Policy")).contains("default-src 'none'");
        if (method != HttpMethod.GET) {
          assertThat(answer.status()).as(method + " " + path).isIn(404, 405);
        }
      }
    }
  }

  @Test
  void whoMayEmbedThePageIsPatchedLive() {
    assertThat(page().headers().get("Content-Security-Policy")).endsWith("frame-ancestors 'none'");
    assertThat(page().headers().get("X-Frame-Options")).isEqualTo("DENY");

    relay.exposure(e -> Hosts.exposure(e, null, null, List.of("https://portal.example.com")));

    assertThat(page().headers().get("Content-Security-Policy"))
        .endsWith("frame-ancestors https://portal.example.com");
    assertThat(page().headers().contains("X-Frame-Options")).isFalse();
    relay.exposure(
        e -> Hosts.exposure(e, null, null, List.of("https://a.example;script-src", "https://b,c")));
    assertThat(page().headers().get("Content-Security-Policy")).endsWith("frame-ancestors 'none'");
  }

  @Test
  void aNewPathHoldsAtOnce() {
    relay.exposure(e -> Hosts.exposure(e, "/other", null, null));

    assertThat(page().status()).isEqualTo(404);
    String moved = "/other/c/" + RunningRelay.SESSION;
    Browser browser = new Browser(relay.vertx, relay.port(), moved);
    assertThat(browser.get(moved, Map.of()).status()).isEqualTo(200);
    Browser.Answer redeemed = browser.redeem(Grants.SECRET, Grants.NONCE);
    assertThat(redeemed.headers().getAll("Set-Cookie"))
        .allMatch(cookie -> cookie.contains("; Path=" + moved));
    relay.exposure(e -> Hosts.exposure(e, "/", null, null));
    assertThat(relay.browser().get("/c/" + RunningRelay.SESSION, Map.of()).status()).isEqualTo(200);
    assertThat(relay.browser().get("/assets/js/boot.js", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void believesTrustedProxiesOnlyAndNotesTheAddress() {
    try (LogLines audit = LogLines.audit();
        LogLines hint = new LogLines("io.pveconsole.relay.web.ForwardedHeaders")) {
      assertThat(addressOf("203.0.113.9")).isEqualTo("127.0.0.1");
      assertThat(addressOf("203.0.113.9")).isEqualTo("127.0.0.1");
      assertThat(hint.keys()).as("said once").hasSize(1);
      assertThat(metrics()).contains("pveconsole_forwarded_headers_total{host=\"pve7\"");

      relay.exposure(e -> Hosts.exposure(e, null, List.of("127.0.0.0/8"), null));

      assertThat(addressOf("6.6.6.6, 203.0.113.9")).isEqualTo("203.0.113.9");
      assertThat(addressOf("[2001:db8::5]:4711")).isEqualTo("2001:db8:0:0:0:0:0:5");
      assertThat(addressOf("203.0.113.9, evil\tname")).isEqualTo("127.0.0.1");
      assertThat(hint.keys()).hasSize(2);
      assertThat(audit.values("address")).doesNotContain("6.6.6.6");
    }
  }

  /** The address that audit log and grant have of a viewer with that header. */
  private String addressOf(String forwarded) {
    String session = UUID.randomUUID().toString();
    relay.grants.put(Grants.fresh(session, Instant.now()));
    Browser browser = relay.browser(session);
    browser.forwarded(forwarded);
    try (LogLines audit = LogLines.audit()) {
      assertThat(browser.redeem(Grants.SECRET, Grants.NONCE).status()).isEqualTo(204);
      ConsoleSocket socket = browser.open();
      Awaitility.await("the viewer is noted")
          .atMost(Duration.ofSeconds(30))
          .until(() -> relay.grants.get(session).orElseThrow().viewer().isPresent());
      String noted = relay.grants.get(session).orElseThrow().viewer().get().clientAddress();
      List<Map<String, String>> lines =
          audit.keys().stream().filter(line -> line.get("sessionUid").equals(session)).toList();
      assertThat(lines).extracting(line -> line.get("event")).contains("redeemed", "opening");
      assertThat(lines).extracting(line -> line.get("address")).containsOnly(noted);
      socket.close();
      return noted;
    }
  }

  private String metrics() {
    return new Browser(relay.vertx, relay.managementPort(), "")
        .get("/metrics", Map.of())
        .body()
        .toString();
  }
}
