// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.simulator.http.UrlEncoded;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts §12 and the request limits of §6.1. */
class HttpTest {
  private static final Duration IDLE = Duration.ofSeconds(1);

  @RegisterExtension
  final Cluster cluster = new Cluster(b -> b.timings(Cluster.quick().withKeepAliveIdle(IDLE)));

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "PATCH"})
  void refusesOtherMethods(String method) throws Exception {
    Http.Answer answer =
        cluster.token().raw(method + " /api2/json/version HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.reason()).isEqualTo("method '" + method + "' not available");
  }

  @Test
  void refusesChunkedRequestsAndGetWithBody() throws Exception {
    String auth = cluster.token().credentials();
    String post = "POST /api2/json/nodes/pve1/qemu/100/vncproxy HTTP/1.1\r\n" + auth;
    assertThat(cluster.http().raw(post + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status())
        .isEqualTo(501);
    String get = "GET /api2/json/version HTTP/1.1\r\n" + auth;
    assertThat(cluster.http().raw(get + "Content-Length: 2\r\n\r\nab").status()).isEqualTo(501);
  }

  @Test
  void takesAnEmptyPostWithoutContentLength() throws Exception {
    String auth = cluster.token().credentials();
    Http.Answer answer =
        cluster
            .http()
            .raw(
                "POST /api2/json/nodes/pve1/qemu/100/vncproxy HTTP/1.1\r\nConnection: close\r\n"
                    + auth
                    + "\r\n");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void redirectsPlainHttpToHttps() throws Exception {
    assertThat(plain("GET")).startsWith("HTTP/1.1 301 Moved Permanently\r\n");
    assertThat(plain("POST"))
        .startsWith("HTTP/1.1 308 Permanent Redirect\r\n")
        .contains("Location: https://pve.test:1/x?y=1\r\n");
  }

  private String plain(String method) throws Exception {
    try (Socket socket = cluster.http().connectPlain()) {
      String request = method + " /x?y=1 HTTP/1.1\r\nHost: pve.test:1\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void closesIdleConnectionsAlsoBeforeTheFirstRequest() throws Exception {
    long start = System.nanoTime();
    try (Socket socket = cluster.http().connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(IDLE.toNanos() * 9 / 10);
    assertThat(Timings.proxmox().keepAliveIdle()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void servesAHundredRequestsPerConnectionAndClosesAfterAnError() throws Exception {
    String request = "GET /api2/json/access/ticket HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Socket socket = cluster.http().connect()) {
      int served = 0;
      try {
        while (true) {
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          String answer = answer(socket.getInputStream());
          served++;
          if (answer.contains("Connection: close")) {
            break;
          }
        }
      } finally {
        assertThat(served).isEqualTo(100);
      }
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket socket = cluster.http().connect()) {
      socket
          .getOutputStream()
          .write("GET /nothing HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).startsWith("HTTP/1.1 501 no such uri\r\n").contains("Connection: close\r\n");
    }
  }

  @Test
  void sendsTwoConnectionHeadersFromTheDaemon() throws Exception {
    String request =
        "GET /api2/json/nodes/pve1/qemu/100/status/current HTTP/1.1\r\n"
            + cluster.token().credentials()
            + "\r\n";
    try (Socket socket = cluster.http().connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(answer(socket.getInputStream()))
          .contains("\r\nConnection: close\r\nConnection: Keep-Alive\r\n")
          .contains("Server: pve-api-daemon/3.0\r\n")
          .contains("Content-Type: application/json;charset=UTF-8\r\n");
    }
  }

  /** Reads a head and, by its Content-Length, the body. */
  private static String answer(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      assertThat(c).isNotNegative();
      head.append((char) c);
    }
    String length = head.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1");
    in.readNBytes(Integer.parseInt(length));
    return head.toString();
  }

  @Test
  void neverAnswersTooManyHeaders() throws Exception {
    StringBuilder request = new StringBuilder("GET /api2/json/access/ticket HTTP/1.1\r\n");
    for (int i = 0; i < 70; i++) {
      request.append("X-").append(i).append(": 1\r\n");
    }
    try (Socket socket = cluster.http().connect()) {
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void refusesHttp2AndGarbage() throws Exception {
    assertThat(cluster.http().raw("PRI * HTTP/2.0\r\n\r\n").status()).isEqualTo(506);
    assertThat(cluster.http().raw("GET / HTTP/1.1\r\nbad header\r\n\r\n").status()).isEqualTo(506);
  }

  @Test
  void takesJsonBodies() throws Exception {
    String body = "{\"username\":\"relay@pve\",\"password\":\"" + cluster.get().password() + "\"}";
    Http.Answer answer =
        cluster
            .http()
            .raw(
                "POST /api2/json/access/ticket HTTP/1.1\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
    assertThat(answer.data().get("username").asText()).isEqualTo("relay@pve");
  }

  @Test
  void compressesOnlyWhenAskedAndOnlyLongBodies() throws Exception {
    String request =
        "GET /api2/json/cluster/resources?type=vm HTTP/1.1\r\nConnection: close\r\n"
            + "Accept-Encoding: deflate, gzip\r\n"
            + cluster.token().credentials()
            + "\r\n";
    try (Socket socket = cluster.http().connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] all = socket.getInputStream().readAllBytes();
      String text = new String(all, StandardCharsets.ISO_8859_1);
      int body = text.indexOf("\r\n\r\n") + 4;
      assertThat(text).contains("Content-Encoding: gzip\r\n");
      try (InputStream plain =
          new GZIPInputStream(new ByteArrayInputStream(all, body, all.length - body))) {
        assertThat(plain.readAllBytes()).asString().startsWith("{\"data\":[");
      }
    }
    assertThat(cluster.http().with("Accept-Encoding: gzip").get("access/domains").headers())
        .noneMatch(h -> h.startsWith("Content-Encoding"));
  }

  @Test
  void splitsParametersAsPerlDoes() {
    assertThat(UrlEncoded.parse("a=1&b=2;c=x+y")).isEqualTo(Map.of("a", "1", "b", "2", "c", "x y"));
    assertThat(UrlEncoded.parse("t=abc%3D%2B&u=abc==")).isEqualTo(Map.of("t", "abc=+", "u", "abc"));
    assertThat(UrlEncoded.parse("p=100%&q=%4&r=%41"))
        .isEqualTo(Map.of("p", "100%", "q", "%4", "r", "A"));
    assertThat(UrlEncoded.parse("flag")).isEqualTo(Map.of("flag", ""));
  }
}
