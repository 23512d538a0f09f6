// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Authorized requests over one connection, with failures told apart. */
final class ApiSession {

  private final ApiConnection connection;
  private final Login login;
  private final Credentials credentials;

  ApiSession(ApiConnection connection, Login login, Credentials credentials) {
    this.connection = connection;
    this.login = login;
    this.credentials = credentials;
  }

  Peer peer() {
    return connection.peer();
  }

  /** The leaf certificate that the endpoint showed, null when TLS kept none. */
  @Nullable Certificate certificate() {
    return connection.certificate();
  }

  Vertx vertx() {
    return connection.vertx();
  }

  Clock clock() {
    return connection.clock();
  }

  Credentials credentials() {
    return credentials;
  }

  /** What Proxmox says for an upgrade request, which goes over a connection of its own. */
  Future<Authorization> authorization() {
    return login.authorization(connection);
  }

  /** The {@code data} of a successful answer, as a node that may be null or missing in JSON. */
  Future<JsonNode> data(ApiCall call) {
    return data(call, null);
  }

  Future<JsonNode> data(ApiCall call, @Nullable GuestRef guest) {
    return answer(call)
        .compose(
            answer ->
                answer.ok() && answer.hasData()
                    ? Future.succeededFuture(answer.data())
                    : Failures.future(failure(call.step(), answer, guest)));
  }

  /** Any answer but 401, which a fresh login has had its chance to avoid. */
  Future<ApiAnswer> answer(ApiCall call) {
    return attempt(call, true);
  }

  ProxmoxFailure failure(Step step, ApiAnswer answer, @Nullable GuestRef guest) {
    return new AnswerFailures(credentials, peer().endpoint()).of(step, answer, guest);
  }

  /** Whether Proxmox keeps the connection of the calls so far. */
  boolean isKept() {
    return connection.isKept();
  }

  /** Gives that connection away for an upgrade; empty where it is not kept any more. */
  Optional<HttpClientConnection> release() {
    return connection.release();
  }

  void close() {
    connection.close();
  }

  private Future<ApiAnswer> attempt(ApiCall call, boolean again) {
    return login
        .authorization(connection)
        .compose(
            authorization ->
                connection
                    .send(call, authorization.headers(call))
                    .compose(
                        answer -> {
                          if (answer.status() != 401) {
                            return Future.succeededFuture(answer);
                          }
                          return login.refused(authorization) && again
                              ? attempt(call, false)
                              : Failures.future(failure(call.step(), answer, null));
                        }));
  }
}
