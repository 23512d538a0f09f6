// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The origin and the headers made from it. */
class PublicOriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://Console.Example.com,https://console.example.com,wss://console.example.com",
    "https://c.example.com:443,https://c.example.com,wss://c.example.com",
    "https://c.example.com:8443/,https://c.example.com:8443,wss://c.example.com:8443",
    "http://localhost:80,http://localhost,ws://localhost",
    "http://[::1]:8080,http://[::1]:8080,ws://[::1]:8080"
  })
  void isWrittenAsBrowsersWriteIt(String url, String origin, String sockets) {
    PublicOrigin made = PublicOrigin.of(url, "/");

    assertThat(made.text()).isEqualTo(origin);
    assertThat(made.webSocketOrigin()).isEqualTo(sockets);
    assertThat(made.sessionPath("s")).isEqualTo("/c/s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://console.example.com", "ftp://x", "console.example.com", "http://10.0.0.1"})
  void isNeverPlainBeyondLoopback(String url) {
    assertThatThrownBy(() -> PublicOrigin.of(url, "/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headersAllowOnlyWhatThePageNeeds() {
    var headers = SecurityHeaders.of(PublicOrigin.of("https://c.example.com", "/"), List.of());

    assertThat(headers.get("Content-Security-Policy"))
        .startsWith("default-src 'none'; ")
        .contains("connect-src 'self' wss://c.example.com;")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers).containsKey("Strict-Transport-Security").containsKey("X-Frame-Options");
    assertThat(headers.keySet()).noneMatch(name -> name.startsWith("Access-Control"));
  }

  @Test
  void loopbackGetsNoHstsAndParentsMayBeNamed() {
    var headers =
        SecurityHeaders.of(
            PublicOrigin.of("https://localhost:8443", "/"), List.of("https://portal.example.com"));

    assertThat(headers).doesNotContainKeys("Strict-Transport-Security", "X-Frame-Options");
    assertThat(headers.get("Content-Security-Policy"))
        .contains("frame-ancestors https://portal.example.com");
  }
}
