// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Does with each link what the console page does, up to its cookies. */
final class Page implements AutoCloseable {

  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String NONCE = "abcdefghijklmnopqrstuv";
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private final StageOptions options;
  private final HttpClient http;

  Page(StageOptions options) throws IOException {
    this.options = options;
    this.http = HttpClient.newBuilder().sslContext(trusting(options.proxmoxCa())).build();
  }

  private static SSLContext trusting(Path bundle) throws IOException {
    try (InputStream pem = Files.newInputStream(bundle)) {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        known.setCertificateEntry("ca" + known.size(), ca);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the CA cannot be used", e);
    }
  }

  /** Waits until the relay says that it is ready. */
  void awaitReady(Duration limit) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (!isReady()) {
      if (Instant.now().isAfter(end)) {
        throw new IOException("the relay was not ready within " + limit);
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  private boolean isReady() throws InterruptedException {
    URI ready = URI.create("http://127.0.0.1:" + options.managementPort() + "/readyz");
    try {
      return http.send(
                  HttpRequest.newBuilder(ready).timeout(CALL).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** Uses each session's link; what {@code rfbload --targets} reads. */
  JsonArray targets(TargetList list) throws IOException, InterruptedException {
    JsonArray targets = new JsonArray();
    for (int i = 0; i < list.sessions().size(); i++) {
      String path = StageObjects.PATH + "/c/" + list.sessions().get(i);
      targets.add(
          new JsonObject()
              .put("url", "wss://127.0.0.1:" + options.port() + path + "/ws")
              .put("vmid", String.valueOf(list.vmid(i)))
              .put(
                  "headers",
                  new JsonObject()
                      .put("Origin", options.origin())
                      .put("Cookie", accessCookie(path))));
    }
    return targets;
  }

  private String accessCookie(String path) throws IOException, InterruptedException {
    JsonObject link = new JsonObject().put("secret", StageObjects.SECRET).put("nonce", NONCE);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(options.origin() + path + "/redeem"))
                .timeout(CALL)
                .header("Origin", options.origin())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(link.encode()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != NO_CONTENT) {
      throw new IOException("redeem: " + answer.statusCode() + " " + answer.body());
    }
    return answer.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.split(";", 2)[0])
        .filter(cookie -> cookie.startsWith("__Secure-pvc-access="))
        .findFirst()
        .orElseThrow(() -> new IOException("no access cookie"));
  }

  @Override
  public void close() {
    http.close();
  }
}
