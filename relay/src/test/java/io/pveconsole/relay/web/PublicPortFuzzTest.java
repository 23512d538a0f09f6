// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.RawClient;
import io.pveconsole.relay.RunningRelay;
import io.pveconsole.relay.grants.Grants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes to the public port: a problem or an end, never an error of the server's own. */
class PublicPortFuzzTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PAGE = "/pve7/c/" + RunningRelay.SESSION;
  private static RunningRelay relay;

  @BeforeContainer
  static void start() throws IOException {
    Path directory = Files.createTempDirectory("fuzz");
    relay = new RunningRelay(directory, false);
    relay.grant();
  }

  @AfterContainer
  static void stop() {
    assertThat(relay.grants.get(RunningRelay.SESSION).orElseThrow().status().redemption())
        .as("nobody guessed the secret")
        .isNull();
    relay.close();
  }

  private static String ask(String request) throws IOException {
    try (RawClient client = new RawClient(relay.port())) {
      return client.write(request).textToEnd(PATIENCE);
    }
  }

  private static void judge(String answer) {
    if (answer.isEmpty()) {
      return;
    }
    int status = Integer.parseInt(answer.substring(9, 12));
    assertThat(status).as(answer).isLessThan(500);
    if (status >= 400) {
      assertThat(answer)
          .containsIgnoringCase("content-type: application/problem+json")
          .containsIgnoringCase("x-content-type-options: nosniff")
          .contains("\"code\":\"");
    }
    assertThat(answer).doesNotContainIgnoringCase("access-control-");
  }

  private static String request(String method, String path, List<String> headers, String body) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n"
        + String.join("", headers.stream().map(header -> header + "\r\n").toList())
        + "\r\n"
        + body;
  }

  private static Arbitrary<String> line(int length) {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('\u00e9', '\u0080', '\u00ff')
        .ofMaxLength(length);
  }

  @Provide
  Arbitrary<String> path() {
    Arbitrary<String> part =
        Arbitraries.of(
            "/",
            "..",
            ".",
            "%2e",
            "%2f",
            "%00",
            "%",
            "%zz",
            "pve7",
            "c",
            "assets",
            "js",
            "boot.js",
            "ws",
            "state",
            "redeem",
            "\\",
            ";",
            "?",
            "#",
            "//",
            RunningRelay.SESSION,
            "\u00e9",
            "%c0%af");
    return part.list().ofMaxSize(12).map(parts -> "/" + String.join("", parts).replace(" ", ""));
  }

  @Provide
  Arbitrary<String> body() {
    Arbitrary<String> value =
        Arbitraries.oneOf(
            line(80),
            Arbitraries.of(
                "\"x\"",
                "null",
                "7",
                "[]",
                "{}",
                "true",
                "1e999",
                "\"\\u0000\"",
                "[[[[[[[[",
                "{\"a\":"),
            Arbitraries.integers().between(1, 60).map("["::repeat));
    Arbitrary<String> object =
        Combinators.combine(value, value)
            .as((one, other) -> "{\"secret\":" + one + ",\"nonce\":" + other + "}");
    return Arbitraries.oneOf(value, object, line(5000));
  }

  @Provide
  Arbitrary<String> cookie() {
    Arbitrary<String> token =
        Arbitraries.oneOf(
            line(300).map(text -> text.replace(";", "")),
            Arbitraries.of("a", "", "eyJhbGciOiJub25lIn0")
                .list()
                .ofSize(5)
                .map(p -> String.join(".", p)),
            Arbitraries.just("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiazEifQ")
                .flatMap(
                    head -> line(40).map(tail -> head + ".." + tail.replace(" ", "A") + ".AA.AA")));
    return Combinators.combine(
            Arbitraries.of("pvc-access=", "pvc-refresh=", "pvc-access", ""), token)
        .as((name, text) -> name + text)
        .list()
        .ofMaxSize(20)
        .map(pairs -> "Cookie: " + String.join("; ", pairs));
  }

  @Provide
  Arbitrary<String> header() {
    return Combinators.combine(
            Arbitraries.of(
                "Origin: ",
                "Sec-Fetch-Site: ",
                "Content-Type: ",
                "X-Forwarded-For: ",
                "Accept-Encoding: ",
                "If-None-Match: ",
                "Upgrade: ",
                "Sec-WebSocket-Key: ",
                "Expect: ",
                "Transfer-Encoding: ",
                "Host: ",
                "Cookie: ",
                "X-"),
            line(200))
        .as((name, value) -> name + value);
  }

  @Property(tries = 300)
  void paths(@ForAll("path") String path) throws IOException {
    judge(ask(request("GET", path, List.of(), "")));
  }

  @Property(tries = 150)
  void bytes(@ForAll byte[] bytes) throws IOException {
    judge(ask("X" + new String(bytes, StandardCharsets.ISO_8859_1) + "\r\n\r\n"));
  }

  @Property(tries = 300)
  void bodies(@ForAll("body") String body) throws IOException {
    for (String call : List.of("redeem", "refresh", "end", "state")) {
      judge(
          ask(
              request(
                  "POST",
                  PAGE + "/" + call,
                  List.of("Origin: " + relay.origin(), "Content-Type: application/json"),
                  body)));
    }
  }

  @Property(tries = 200)
  void cookies(@ForAll("cookie") String cookie) throws IOException {
    List<String> headers =
        List.of("Origin: " + relay.origin(), "Content-Type: application/json", cookie);
    for (String call : List.of("refresh", "state")) {
      String answer = ask(request("POST", PAGE + "/" + call, headers, "{}"));
      judge(answer);
      assertThat(answer).startsWith("HTTP/1.1 4");
    }
  }

  @Property(tries = 200)
  void upgrades(@ForAll("header") String one, @ForAll("header") String other) throws IOException {
    String answer =
        ask(
            request(
                "GET",
                PAGE + "/ws",
                List.of(
                    one,
                    "Origin: " + relay.origin(),
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                    other),
                ""));
    assertThat(answer).doesNotStartWith("HTTP/1.1 101");
    judge(answer);
  }

  @Property(tries = 200)
  void headers(@ForAll("header") String one, @ForAll("header") String other) throws IOException {
    judge(ask(request("GET", PAGE, List.of(one, other), "")));
    judge(
        ask(
            request(
                "POST",
                PAGE + "/redeem",
                List.of(one, other),
                "{\"secret\":\"" + Grants.NONCE + "\"}")));
  }
}
