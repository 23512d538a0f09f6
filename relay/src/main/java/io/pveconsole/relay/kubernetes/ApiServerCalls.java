// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.time.ServerClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of the API server from the event loop of the caller, over connections of the relay's own
 * kind: a console's opening waits for one, and the Kubernetes client's own way to it, through
 * threads and another TLS, takes several times the processor. Who and where the API server is, and
 * what is said to it to be let in, stay the Kubernetes client's business, which also renews its
 * token.
 */
final class ApiServerCalls {

  private static final Logger LOG = LoggerFactory.getLogger(ApiServerCalls.class);

  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int CONNECT_MILLIS = 2000;

  /** An older one may have died without a word. */
  private static final int IDLE_SECONDS = 10;

  private static final int MAX_CONNECTIONS = 8;

  /** So many wait for each connection. */
  private static final int WAITING = 16;

  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

  /** A page of a list, or a whole one of a server that knows no pages. */
  private static final int MAX_LIST_BYTES = 32 * 1024 * 1024;

  /** How long one waits at most, in a crowd, until its call is made. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final WebSocketClient sockets;
  private final ClientSSLOptions tls;
  private final URI server;
  private final String prefix;
  private final Config config;
  private final ServerClock clock;

  /** Any status is an answer. */
  record Answer(int status, Buffer body) {}

  private ApiServerCalls(
      Vertx vertx, TlsEngine engine, ClientSSLOptions tls, Config config, ServerClock clock) {
    this.tls = tls;
    this.http = http(vertx, engine, tls);
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MAX_BODY_BYTES)
                .setMaxMessageSize(MAX_BODY_BYTES)
                .setTcpKeepAlive(true)
                .setSslEngineOptions(engine.options()));
    this.server = URI.create(config.getMasterUrl());
    this.prefix = Objects.requireNonNullElse(server.getPath(), "").replaceAll("/+$", "");
    this.config = config;
    this.clock = clock;
  }

  /** Empty where the API server is reached by a way that only the Kubernetes client knows. */
  static Optional<ApiServerCalls> of(
      Vertx vertx, TlsEngine engine, Config config, ServerClock clock) {
    if (isIndirect(config)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ApiServerCalls(vertx, engine, tls(config), config, clock));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      LOG.atInfo().addKeyValue("error", e.toString()).log("calls go through the client's threads");
      return Optional.empty();
    }
  }

  private static HttpClient http(Vertx vertx, TlsEngine engine, ClientSSLOptions tls) {
    return vertx
        .httpClientBuilder()
        .with(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setTcpNoDelay(true))
        .with(
            new PoolOptions()
                .setHttp1MaxSize(MAX_CONNECTIONS)
                .setMaxWaitQueueSize(MAX_CONNECTIONS * WAITING))
        .with(engine.options())
        .with(tls)
        .build();
  }

  private static boolean isIndirect(Config config) {
    return config.getHttpProxy() != null
        || config.getHttpsProxy() != null
        || config.getTlsServerName() != null
        || config.getUsername() != null
        || config.getImpersonateUsername() != null;
  }

  private static ClientSSLOptions tls(Config config) throws GeneralSecurityException, IOException {
    boolean anyName = config.isDisableHostnameVerification() || config.isTrustCerts();
    ClientSSLOptions options = new ClientSSLOptions();
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    options.setHostnameVerificationAlgorithm(anyName ? "" : "HTTPS");
    options.setTrustOptions(TrustOptions.wrap(SSLUtils.trustManagers(config)[0]));
    KeyManager[] keys = SSLUtils.keyManagers(config);
    if (keys != null && keys.length > 0 && keys[0] instanceof X509KeyManager key) {
      options.setKeyCertOptions(KeyCertOptions.wrap(key));
    }
    return options;
  }

  Future<Answer> get(String path, Duration limit) {
    return send(HttpMethod.GET, path, null, limit, MAX_BODY_BYTES);
  }

  Future<Answer> list(String path, Duration limit) {
    return send(HttpMethod.GET, path, null, limit, MAX_LIST_BYTES);
  }

  Future<Answer> mergePatch(String path, String document, Duration limit) {
    return send(
        HttpMethod.PATCH,
        path,
        new Document("application/merge-patch+json", document),
        limit,
        MAX_BODY_BYTES);
  }

  /** Server-side apply, which takes what another manager had. */
  Future<Answer> apply(String path, String manager, String document, Duration limit) {
    return send(
        HttpMethod.PATCH,
        path + "?force=true&fieldManager=" + URLEncoder.encode(manager, StandardCharsets.UTF_8),
        new Document("application/apply-patch+yaml", document),
        limit,
        MAX_BODY_BYTES);
  }

  private record Document(String type, String text) {}

  /**
   * A watch as the API server offers it over a WebSocket: each event is a message of text. It lets
   * nobody in who names no origin, which Vert.x does.
   */
  Future<WebSocket> watch(String path) {
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    options.setSslOptions(tls).setTimeout(CONNECT_MILLIS);
    address(options, path);
    return sockets.connect(options);
  }

  private Future<Answer> send(
      HttpMethod method, String path, @Nullable Document document, Duration limit, int mostBytes) {
    long sent = clock.mark();
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setConnectTimeout(PATIENCE.toMillis())
            .setIdleTimeout(limit.toMillis());
    address(options, path);
    options.putHeader(HttpHeaders.ACCEPT, "application/json");
    return http.request(options)
        .compose(
            request ->
                (document == null ? request.send() : patch(request, document))
                    .compose(
                        response -> {
                          clock.heard(response.getHeader(HttpHeaders.DATE), sent);
                          return body(response, mostBytes);
                        }));
  }

  private void address(RequestOptions options, String path) {
    options
        .setHost(server.getHost())
        .setPort(port())
        .setSsl(isEncrypted(server))
        .setURI(prefix + path)
        .putHeader(HttpHeaders.USER_AGENT, "pveconsole-relay");
    String token = token();
    if (token != null) {
      options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
  }

  private static Future<HttpClientResponse> patch(HttpClientRequest request, Document document) {
    request.putHeader(HttpHeaders.CONTENT_TYPE, document.type());
    return request.send(document.text());
  }

  private static Future<Answer> body(HttpClientResponse response, int mostBytes) {
    Buffer whole = Buffer.buffer();
    response.handler(
        part -> {
          if (whole.length() + part.length() > mostBytes) {
            response.request().reset();
          } else {
            whole.appendBuffer(part);
          }
        });
    return response.end().map(v -> new Answer(response.statusCode(), whole));
  }

  private int port() {
    if (server.getPort() > 0) {
      return server.getPort();
    }
    return isEncrypted(server) ? HTTPS : HTTP;
  }

  private static boolean isEncrypted(URI server) {
    return "https".equals(server.getScheme());
  }

  private @Nullable String token() {
    if (config.getOauthTokenProvider() != null) {
      return config.getOauthTokenProvider().getToken();
    }
    return config.getOauthToken() != null ? config.getOauthToken() : config.getAutoOAuthToken();
  }
}
