// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.StatusPatch;
import io.vertx.core.Future;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants by {@link ApiServerCalls}; whatever does not go as it should, by another store, which
 * knows the cures: a new token, a new connection, a clear error.
 */
final class LoopGrantStore implements GrantStore {

  private static final Logger LOG = LoggerFactory.getLogger(LoopGrantStore.class);

  /** After that its connection is taken for dead, which shows in no other way. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ApiServerCalls calls;
  private final PagedList<ConsoleGrant, Grant> list;
  private final GrantStore other;
  private final LoopGrants grants;
  private final String path;

  /**
   * Grants of one host.
   *
   * @param listing for lists, which other calls must not hold up
   */
  LoopGrantStore(
      ApiServerCalls calls, ApiServerCalls listing, LoopGrants grants, GrantStore other) {
    this.calls = calls;
    this.list = grants.list(listing);
    this.other = other;
    this.grants = grants;
    this.path = grants.path() + "/";
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
                          grants.ours(LoopGrants.JSON.object(answer.body()));
                      case HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
                      default -> throw new UnexpectedStatusException(answer.status());
                    }),
        () -> other.read(name));
  }

  @Override
  public Future<List<Grant>> list() {
    return orElse(list.read().map(PagedList.Listed::objects), other::list);
  }

  @Override
  public Future<Grant> patch(Grant version, StatusPatch patch) {
    return orElse(
        calls
            .mergePatch(
                path + version.name() + "/status", StatusPatchJson.of(version, patch), LIMIT)
            .map(
                answer ->
                    switch (answer.status()) {
                      case HttpURLConnection.HTTP_OK ->
                          Grant.of(LoopGrants.JSON.object(answer.body()));
                      case HttpURLConnection.HTTP_CONFLICT -> throw new ConflictException();
                      case HttpURLConnection.HTTP_NOT_FOUND -> throw new GoneException();
                      default -> throw new UnexpectedStatusException(answer.status());
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
          LOG.atInfo().addKeyValue("error", thrown.toString()).log("grants are asked for again");
          return other.get();
        });
  }
}
