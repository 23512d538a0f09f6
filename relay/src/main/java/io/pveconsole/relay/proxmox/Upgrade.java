// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a connection into a WebSocket by hand, so that afterwards bytes flow over the plain socket.
 * Asks for no sub-protocol: Proxmox would echo whatever it is.
 */
final class Upgrade {

  private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;
  private static final int SWITCHING = 101;

  private final Vertx vertx;
  private final SecureRandom random;

  Upgrade(Vertx vertx, SecureRandom random) {
    this.vertx = vertx;
    this.random = random;
  }

  /** Proxmox answered the upgrade with something else than 101. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiAnswer answer;

    Refused(ApiAnswer answer) {
      super("upgrade refused: " + answer.status(), null, false, false);
      this.answer = answer;
    }

    ApiAnswer answer() {
      return answer;
    }
  }

  /** The connection ended before there was an answer. */
  static final class Unanswered extends RuntimeException {
    static final String DETAIL = "closed without an answer";

    private static final long serialVersionUID = 1L;

    Unanswered() {
      super(DETAIL, null, false, false);
    }
  }

  /**
   * Upgrades and hands the socket over at once, before its first bytes. Fails with {@link Refused},
   * {@link Unanswered} or {@link ServiceFailure.PortLost}; the connection is then closed.
   */
  <T> Future<T> open(
      HttpClientConnection connection,
      Peer peer,
      ApiCall call,
      Map<String, String> headers,
      Duration limit,
      Function<NetSocket, T> taker) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = Base64.getEncoder().encodeToString(bytes);
    Promise<T> done = Promise.promise();
    long timer =
        vertx.setTimer(
            limit.toMillis(),
            id -> done.tryFail(lost(peer, "no answer within " + limit.toMillis() + " ms")));
    connection
        .request(new RequestOptions().setMethod(call.method()).setURI(call.target(peer.endpoint())))
        .compose(request -> ask(request, peer, key, headers))
        .onFailure(thrown -> done.tryFail(new Unanswered()))
        .onSuccess(response -> answered(done, response, key, peer, taker));
    return done.future()
        .onComplete(
            (value, failure) -> {
              vertx.cancelTimer(timer);
              if (failure != null) {
                connection.close();
              }
            });
  }

  private static Future<HttpClientResponse> ask(
      HttpClientRequest request, Peer peer, String key, Map<String, String> headers) {
    request.putHeader(HttpHeaders.HOST, peer.authority());
    request.putHeader(HttpHeaders.CONNECTION, "Upgrade");
    request.putHeader(HttpHeaders.UPGRADE, "websocket");
    request.putHeader("Sec-WebSocket-Version", "13");
    request.putHeader("Sec-WebSocket-Key", key);
    headers.forEach(request::putHeader);
    request.exceptionHandler(Upgrade::over);
    return request.connect();
  }

  /**
   * The request outlives its upgrade and hears of the connection's end; without a handler Vert.x
   * calls the normal end of a console an error.
   */
  private static void over(Throwable thrown) {
    LOG.debug("Upgraded request ended: {}", thrown.getClass().getSimpleName());
  }

  private static <T> void answered(
      Promise<T> done,
      HttpClientResponse response,
      String key,
      Peer peer,
      Function<NetSocket, T> taker) {
    if (done.future().isComplete()) {
      return;
    }
    if (response.statusCode() != SWITCHING) {
      String reason = response.statusMessage() == null ? "" : response.statusMessage();
      done.tryFail(new Refused(ApiAnswer.withoutBody(response.statusCode(), reason)));
    } else if (!accept(key).equals(response.getHeader("Sec-WebSocket-Accept"))) {
      done.tryFail(lost(peer, "an upgrade with the wrong accept key"));
    } else {
      done.tryComplete(taker.apply(response.netSocket()));
    }
  }

  static String accept(String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static ProxmoxException lost(Peer peer, String detail) {
    return new ServiceFailure.PortLost(peer.toString(), detail).toException();
  }
}
