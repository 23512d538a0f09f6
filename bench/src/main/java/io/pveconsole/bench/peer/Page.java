// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.peer;

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
import java.util.function.BooleanSupplier;
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
  void awaitReady(BooleanSupplier alive, Duration limit) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (!isReady()) {
      if (!alive.getAsBoolean()) {
        throw new IOException("the relay ended before it was ready");
      }
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

  /** Uses a session's link. */
  Access redeem(String session, int vmid) throws IOException, InterruptedException {
    String path = StageObjects.PATH + "/c/" + session;
    JsonObject link = new JsonObject().put("secret", StageObjects.SECRET).put("nonce", NONCE);
    return access(path, vmid, post(path + "/redeem", "", link.encode()));
  }

  /** Gets new cookies for old ones. */
  Access refresh(Access access) throws IOException, InterruptedException {
    return access(
        access.path(),
        access.vmid(),
        post(access.path() + "/refresh", access.refreshCookie(), "{}"));
  }

  private HttpResponse<String> post(String path, String cookie, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(options.origin() + path))
            .timeout(CALL)
            .header("Origin", options.origin())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != NO_CONTENT) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer;
  }

  private Access access(String path, int vmid, HttpResponse<String> answer) throws IOException {
    return new Access(
        path,
        "wss://127.0.0.1:" + options.port() + path + "/ws",
        options.origin(),
        vmid,
        cookie(answer, "__Secure-pvc-access="),
        cookie(answer, "__Secure-pvc-refresh="));
  }

  private static String cookie(HttpResponse<String> answer, String name) throws IOException {
    return answer.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.split(";", 2)[0])
        .filter(cookie -> cookie.startsWith(name))
        .findFirst()
        .orElseThrow(() -> new IOException("no cookie " + name));
  }

  @Override
  public void close() {
    http.close();
  }
}
