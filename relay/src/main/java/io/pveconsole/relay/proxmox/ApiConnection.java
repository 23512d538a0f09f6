// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one address, one after another, over one connection that is made anew when it is used
 * up. Belongs to one event loop.
 */
final class ApiConnection {

  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  /** pveproxy closes after 5 s of silence; older than this is not worth the risk. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx;
  private final Dialer dialer;
  private final Peer peer;
  private final TimeLimits limits;
  private final Clock clock;
  private @Nullable HttpClientConnection live;
  private boolean used;
  private Instant lastUse;

  ApiConnection(
      Vertx vertx,
      Dialer dialer,
      Peer peer,
      TimeLimits limits,
      Clock clock,
      HttpClientConnection first) {
    this.vertx = vertx;
    this.dialer = dialer;
    this.peer = peer;
    this.limits = limits;
    this.clock = clock;
    this.lastUse = clock.instant();
    keep(first);
  }

  Vertx vertx() {
    return vertx;
  }

  Clock clock() {
    return clock;
  }

  Peer peer() {
    return peer;
  }

  @Nullable Certificate certificate() {
    try {
      return live != null && live.peerCertificates().get(0) instanceof X509Certificate leaf
          ? Certificate.of(leaf)
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** Sends one request; any status is an answer, only no answer is a failure. */
  Future<ApiAnswer> send(ApiCall call, Map<String, String> headers) {
    return connection()
        .compose(
            connection -> {
              boolean reused = used;
              used = true;
              return Deadline.within(
                      vertx,
                      limits.request(),
                      call.step(),
                      exchange(connection, call, headers),
                      late -> {})
                  .recover(
                      thrown -> {
                        forget(connection);
                        boolean again =
                            reused && call.repeatable() && !(thrown instanceof ProxmoxException);
                        return again
                            ? send(call, headers)
                            : Failures.future(unanswered(call, thrown));
                      });
            });
  }

  /** Whether the next call goes over the connection of the one before. */
  boolean isKept() {
    return used && fresh() != null;
  }

  /**
   * Gives the connection away for an upgrade; empty where the next call would need another one. A
   * call after this makes a new one.
   */
  Optional<HttpClientConnection> release() {
    HttpClientConnection present = fresh();
    if (present == null) {
      close();
    }
    live = null;
    return Optional.ofNullable(present);
  }

  void close() {
    if (live != null) {
      forget(live);
    }
  }

  private Future<HttpClientConnection> connection() {
    HttpClientConnection present = fresh();
    if (present != null) {
      return Future.succeededFuture(present);
    }
    close();
    return dialer.connect(peer, limits.connect()).onSuccess(this::keep);
  }

  private @Nullable HttpClientConnection fresh() {
    boolean old = Duration.between(lastUse, clock.instant()).compareTo(MAX_IDLE) >= 0;
    return old ? null : live;
  }

  private void keep(HttpClientConnection connection) {
    live = connection;
    used = false;
    connection.closeHandler(
        v -> {
          if (connection.equals(live)) {
            live = null;
          }
        });
  }

  private void forget(HttpClientConnection connection) {
    if (connection.equals(live)) {
      live = null;
    }
    connection.close();
  }

  private Future<ApiAnswer> exchange(
      HttpClientConnection connection, ApiCall call, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions().setMethod(call.method()).setURI(call.target(peer.endpoint()));
    return connection
        .request(options)
        .compose(
            request -> {
              request.putHeader(HttpHeaders.HOST, peer.authority());
              request.putHeader(HttpHeaders.ACCEPT, "application/json");
              headers.forEach(request::putHeader);
              return sent(request, call);
            })
        .compose(response -> read(connection, response));
  }

  private static Future<HttpClientResponse> sent(HttpClientRequest request, ApiCall call) {
    Future<HttpClientResponse> response;
    if (call.writes()) {
      request.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded");
      response = request.send(Buffer.buffer(Percent.form(call.parameters())));
    } else {
      response = request.send();
    }
    return response.onSuccess(HttpClientResponse::pause);
  }

  private Future<ApiAnswer> read(HttpClientConnection connection, HttpClientResponse response) {
    Promise<ApiAnswer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_BODY_BYTES) {
            answer.tryFail(
                new ServiceFailure.ProtocolError(Step.AUTH, "an answer of more than 8 MiB")
                    .toException());
            forget(connection);
          } else {
            body.appendBuffer(part);
          }
        });
    response.exceptionHandler(answer::tryFail);
    response.endHandler(
        v -> {
          lastUse = clock.instant();
          if (closes(response)) {
            forget(connection);
          }
          answer.tryComplete(new ApiAnswer(response.statusCode(), reason(response), parse(body)));
        });
    response.resume();
    return answer.future();
  }

  private static boolean closes(HttpClientResponse response) {
    return response.statusCode() >= 400
        || response.headers().getAll(HttpHeaders.CONNECTION).stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }

  private static String reason(HttpClientResponse response) {
    return response.statusMessage() == null ? "" : response.statusMessage();
  }

  private static JsonNode parse(Buffer body) {
    if (body.length() == 0) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode parsed = JSON.readTree(body.getBytes());
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (java.io.IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static ProxmoxFailure unanswered(ApiCall call, Throwable thrown) {
    return thrown instanceof ProxmoxException known
        ? known.failure()
        : new ServiceFailure.ProtocolError(
            call.step(), "no answer to " + call + ": " + thrown.getClass().getSimpleName());
  }
}
