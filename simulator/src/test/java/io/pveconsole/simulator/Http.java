// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A small HTTP client that hides nothing: raw sockets, one connection per call, trusting the
 * simulator's CA.
 */
final class Http {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ProxmoxSimulator simulator;
  private final String node;
  private final String credentials;

  /** An answer as it came. */
  record Answer(int status, String reason, List<String> headers, String body) {
    static Answer parse(String text) {
      int split = text.indexOf("\r\n\r\n");
      List<String> head = text.substring(0, split).lines().toList();
      String[] start = head.getFirst().split(" ", 3);
      return new Answer(
          Integer.parseInt(start[1]),
          start[2],
          head.subList(1, head.size()),
          text.substring(split + 4));
    }

    JsonNode json() throws IOException {
      return MAPPER.readTree(body);
    }

    JsonNode data() throws IOException {
      return json().get("data");
    }
  }

  Http(ProxmoxSimulator simulator) {
    this(simulator, "pve1", "");
  }

  private Http(ProxmoxSimulator simulator, String node, String credentials) {
    this.simulator = simulator;
    this.node = node;
    this.credentials = credentials;
  }

  Http on(String otherNode) {
    return new Http(simulator, otherNode, credentials);
  }

  Http with(String headerLine) {
    return new Http(simulator, node, credentials + headerLine + "\r\n");
  }

  Http withToken() {
    return with(
        "Authorization: PVEAPIToken=" + simulator.tokenId() + "=" + simulator.tokenSecret());
  }

  Http withTicket(String ticket, String csrf) {
    return with("Cookie: PVEAuthCookie=" + encode(ticket)).with("CSRFPreventionToken: " + csrf);
  }

  Http loggedIn(String user) throws Exception {
    JsonNode login =
        post("access/ticket", Map.of("username", user, "password", simulator.password())).data();
    return withTicket(login.get("ticket").asText(), login.get("CSRFPreventionToken").asText());
  }

  String credentials() {
    return credentials;
  }

  String node() {
    return node;
  }

  ProxmoxSimulator simulator() {
    return simulator;
  }

  Answer get(String path) throws Exception {
    return raw("GET " + url(path) + " HTTP/1.1\r\n" + common() + "\r\n");
  }

  Answer post(String path, Map<String, String> form) throws Exception {
    String body =
        String.join(
            "&",
            form.entrySet().stream().map(e -> e.getKey() + "=" + encode(e.getValue())).toList());
    return raw(
        "POST "
            + url(path)
            + " HTTP/1.1\r\n"
            + common()
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  Answer raw(String request) throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return Answer.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  SSLSocket connect() throws Exception {
    URI url = URI.create(simulator.endpoint(node).url());
    SSLSocket socket =
        (SSLSocket)
            trusting(simulator.caPem())
                .getSocketFactory()
                .createSocket(url.getHost(), url.getPort());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    socket.startHandshake();
    return socket;
  }

  Socket connectPlain() throws Exception {
    URI url = URI.create(simulator.endpoint(node).url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String url(String path) {
    return path.startsWith("/") ? path : "/api2/json/" + path;
  }

  private String common() {
    return "Host: pve.test\r\nConnection: close\r\n" + credentials;
  }
}
