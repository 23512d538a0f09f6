// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.StatusPatch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single grants by {@link ApiServerCalls}; lists, and whatever does not go as it should, by another
 * store, which knows the cures: a new token, a new connection, a clear error.
 */
final class LoopGrantStore implements GrantStore {

  private static final Logger LOG = LoggerFactory.getLogger(LoopGrantStore.class);

  /** After that its connection is taken for dead, which shows in no other way. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ApiServerCalls calls;
  private final GrantStore other;
  private final KubernetesSerialization serialization;
  private final StatusPatchJson json;
  private final HostGrants ours;
  private final String path;

  LoopGrantStore(
      ApiServerCalls calls,
      GrantStore other,
      KubernetesSerialization serialization,
      String namespace,
      String hostName) {
    this.calls = calls;
    this.other = other;
    this.serialization = serialization;
    this.json = new StatusPatchJson(serialization);
    this.ours = new HostGrants(hostName);
    this.path =
        "/apis/%s/%s/namespaces/%s/consolegrants/".formatted(Api.GROUP, Api.VERSION, namespace);
  }

  @Override
  public Future<Optional<Grant>> read(String name) {
    return orElse(
        calls
            .get(path + name, LIMIT)
            .map(
                answer ->
                    switch (answer.status()) {
                      case HttpURLConnection.HTTP_OK ->
                          Optional.of(object(answer.body())).filter(ours::has).map(Grant::of);
                      case HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
                      default -> throw new UnexpectedException(answer.status());
                    }),
        () -> other.read(name));
  }

  @Override
  public Future<List<Grant>> list() {
    return other.list();
  }

  @Override
  public Future<Grant> patch(Grant version, StatusPatch patch) {
    return orElse(
        calls
            .mergePatch(path + version.name() + "/status", json.of(version, patch), LIMIT)
            .map(
                answer ->
                    switch (answer.status()) {
                      case HttpURLConnection.HTTP_OK -> Grant.of(object(answer.body()));
                      case HttpURLConnection.HTTP_CONFLICT -> throw new ConflictException();
                      case HttpURLConnection.HTTP_NOT_FOUND -> throw new GoneException();
                      default -> throw new UnexpectedException(answer.status());
                    }),
        () -> other.patch(version, patch));
  }

  /** A write that was done nevertheless is a conflict the second time, and so read again. */
  private static <T> Future<T> orElse(Future<T> answer, Supplier<Future<T>> other) {
    return answer.recover(
        thrown -> {
          if (thrown instanceof ConflictException || thrown instanceof GoneException) {
            return Future.failedFuture(thrown);
          }
          LOG.atInfo().addKeyValue("error", thrown.toString()).log("a grant is asked for again");
          return other.get();
        });
  }

  private ConsoleGrant object(Buffer body) {
    return serialization.unmarshal(body.toString(StandardCharsets.UTF_8), ConsoleGrant.class);
  }

  /** An answer that this way has no use for. */
  private static final class UnexpectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnexpectedException(int status) {
      super("status " + status, null, false, false);
    }
  }
}
