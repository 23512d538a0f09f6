// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * Somebody with the Proxmox web interface: asks for consoles of a guest all the time, each of which
 * sets the guest's one VNC password anew.
 */
final class Disturber implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HttpClient http;
  private final HttpRequest request;
  private final AtomicInteger calls = new AtomicInteger();
  private final Thread thread = Thread.ofVirtual().unstarted(this::work);

  private Disturber(HttpClient http, HttpRequest request) {
    this.http = http;
    this.request = request;
  }

  static Disturber of(JsonNode facts, String node, int vmid)
      throws IOException, GeneralSecurityException {
    String url = "";
    for (JsonNode endpoint : facts.get("endpoints")) {
      if (endpoint.get("node").asText().equals(node)) {
        url = endpoint.get("url").asText();
      }
    }
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(url + "/api2/json/nodes/" + node + "/qemu/" + vmid + "/vncproxy"))
            .timeout(Duration.ofSeconds(20))
            .header(
                "Authorization",
                "PVEAPIToken="
                    + facts.get("tokenId").asText()
                    + "="
                    + facts.get("tokenSecret").asText())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("websocket=1"))
            .build();
    Path authority = Path.of(facts.get("caFile").asText());
    Disturber disturber =
        new Disturber(HttpClient.newBuilder().sslContext(trusting(authority)).build(), request);
    disturber.thread.start();
    return disturber;
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream file = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "pve", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          calls.incrementAndGet();
        }
        Thread.sleep(PAUSE);
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // the simulator has ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int calls() {
    return calls.get();
  }

  /** Waits until it has disturbed so often. */
  void awaitCalls(int count) {
    Awaitility.await("disturbed " + count + " times")
        .atMost(Duration.ofSeconds(60))
        .until(() -> calls.get() >= count);
  }

  @Override
  public void close() {
    thread.interrupt();
    http.shutdownNow();
  }
}
