// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import io.pveconsole.simulator.ProxmoxSimulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The steps; each is printed with the time it took, and everything made is deleted again. */
final class SelfTest {
  private static final String NAME = "pveconsole-selftest";
  private static final String ORIGIN = "https://selftest.invalid";
  private static final Duration HOST = Duration.ofSeconds(150);
  private static final Duration SESSION = Duration.ofSeconds(30);
  private static final int REVOKED = 4001;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KubeApi api;
  private final ProxmoxSimulator proxmox;
  private final String address;
  private final PrintStream out;
  private Instant step = Instant.now();

  /**
   * With a simulator in this process.
   *
   * @param address of this pod, where relays reach it
   */
  SelfTest(KubeApi api, ProxmoxSimulator proxmox, String address, PrintStream out) {
    this.api = api;
    this.proxmox = proxmox;
    this.address = address;
    this.out = out;
  }

  void run()
      throws IOException,
          InterruptedException,
          GeneralSecurityException,
          ExecutionException,
          TimeoutException {
    clean();
    try {
      makeHost();
      await("proxmoxhosts", HOST);
      done("the relay is ready and has logged in");
      String secret = random(32);
      JsonNode session = makeSession(secret);
      await("consolesessions", SESSION);
      done("the session is ready");
      Viewer viewer = open(session.at("/metadata/uid").asText(), secret);
      String guest = viewer.picture().get(SESSION.toSeconds(), TimeUnit.SECONDS);
      done("a picture of " + guest);
      api.delete("consolesessions", NAME);
      int code = viewer.closed().get(SESSION.toSeconds(), TimeUnit.SECONDS);
      if (code != REVOKED) {
        throw new IOException("the deleted session's socket closed with " + code);
      }
      done("the session was deleted and its console closed");
    } finally {
      clean();
    }
  }

  private void done(String what) {
    out.printf("ok  %s (%d ms)%n", what, Duration.between(step, Instant.now()).toMillis());
    step = Instant.now();
  }

  private void clean() throws IOException, InterruptedException {
    api.delete("consolesessions", NAME);
    api.delete("proxmoxhosts", NAME);
    api.deleteSecret(NAME);
  }

  private void makeHost() throws IOException, InterruptedException {
    api.createSecret(
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"%s"},
         "stringData":{"tokenId":"%s","tokenSecret":"%s"}}
        """
            .formatted(NAME, proxmox.tokenId(), proxmox.tokenSecret()));
    var endpoint = proxmox.endpoints().getFirst();
    String authority = address.contains(":") ? "[" + address + "]" : address;
    api.create(
        "proxmoxhosts",
        """
        {"apiVersion":"pveconsole.io/v1alpha1","kind":"ProxmoxHost","metadata":{"name":"%1$s"},"spec":{
         "endpoints":[{"url":"https://%2$s:%3$d","fingerprints":["%4$s"]}],
         "credentials":{"secretRef":{"name":"%1$s"}},
         "exposure":{"type":"None","publicUrl":"%5$s"},"relay":{"replicas":1,"drainSeconds":1}}}
        """
            .formatted(
                NAME,
                authority,
                URI.create(endpoint.url()).getPort(),
                endpoint.fingerprint(),
                ORIGIN));
  }

  private JsonNode makeSession(String secret)
      throws IOException, InterruptedException, GeneralSecurityException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
    return api.create(
        "consolesessions",
        """
        {"apiVersion":"pveconsole.io/v1alpha1","kind":"ConsoleSession","metadata":{"name":"%1$s"},"spec":{
         "hostRef":{"name":"%1$s"},"target":{"vmid":100},"durationSeconds":300,"accessTokenSha256":"%2$s"}}
        """
            .formatted(NAME, HexFormat.of().formatHex(hash)));
  }

  /** Until the condition Ready is True; else fails with the conditions. */
  private void await(String plural, Duration limit) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(limit);
    JsonNode status;
    do {
      status = api.get(plural, NAME).path("status");
      for (JsonNode condition : status.path("conditions")) {
        if (condition.path("type").asText().equals("Ready")
            && condition.path("status").asText().equals("True")) {
          return;
        }
      }
      Thread.sleep(500);
    } while (Instant.now().isBefore(end));
    throw new IOException(plural + " not ready after " + limit.toSeconds() + " s: " + status);
  }

  private Viewer open(String uid, String secret)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    String relay = NAME + "-relay." + api.namespace() + ".svc:80/c/" + uid;
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://" + relay + "/redeem"))
                .timeout(SESSION)
                .header("Origin", ORIGIN)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"secret\":\"%s\",\"nonce\":\"%s\"}".formatted(secret, random(16))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 204) {
      throw new IOException("the link was not redeemed: " + answer.statusCode() + answer.body());
    }
    done("the link was redeemed");
    String cookies =
        String.join(
            "; ",
            answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceAll(";.*", ""))
                .toList());
    Viewer viewer = new Viewer();
    http.newWebSocketBuilder()
        .subprotocols("pveconsole.v1")
        .header("Origin", ORIGIN)
        .header("Cookie", cookies)
        .connectTimeout(SESSION)
        .buildAsync(URI.create("ws://" + relay + "/ws"), viewer)
        .get(SESSION.toSeconds(), TimeUnit.SECONDS);
    return viewer;
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
