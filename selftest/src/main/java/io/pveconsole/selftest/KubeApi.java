// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The cluster's API with the pod's own account; as much of it as is needed. */
final class KubeApi {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final String namespace;

  private KubeApi(HttpClient http, String namespace) {
    this.http = http;
    this.namespace = namespace;
  }

  static KubeApi ofThisPod() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream ca = Files.newInputStream(ACCOUNT.resolve("ca.crt"))) {
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(ca)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    HttpClient http = HttpClient.newBuilder().sslContext(tls).connectTimeout(LIMIT).build();
    return new KubeApi(http, Files.readString(ACCOUNT.resolve("namespace")).strip());
  }

  String namespace() {
    return namespace;
  }

  /** Makes an object of the project's kinds. */
  JsonNode create(String plural, String body) throws IOException, InterruptedException {
    return expect(send("POST", ours(plural), body), 201);
  }

  JsonNode get(String plural, String name) throws IOException, InterruptedException {
    return expect(send("GET", ours(plural) + "/" + name, ""), 200);
  }

  void delete(String plural, String name) throws IOException, InterruptedException {
    send("DELETE", ours(plural) + "/" + name, "");
  }

  void createSecret(String body) throws IOException, InterruptedException {
    expect(send("POST", secrets(), body), 201);
  }

  void deleteSecret(String name) throws IOException, InterruptedException {
    send("DELETE", secrets() + "/" + name, "");
  }

  private String ours(String plural) {
    return "/apis/pveconsole.io/v1alpha1/namespaces/" + namespace + "/" + plural;
  }

  private String secrets() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  private static JsonNode expect(HttpResponse<String> answer, int status) throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(answer.request().uri() + ": " + answer.statusCode() + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("https://kubernetes.default.svc" + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + Files.readString(ACCOUNT.resolve("token")))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
