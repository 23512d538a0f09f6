// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.vertx.core.Future;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All objects of one path as they are now, page by page, so that no answer is long.
 *
 * @param path with its query
 * @param kept what is kept of an object, if anything is
 */
record PagedList<O, T>(
    ApiServerCalls calls, KindJson<O> json, String path, Function<O, Optional<T>> kept) {

  /** After that its connection is taken for dead, which shows in no other way. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** So few that an event loop is not held up by them. */
  private static final int PAGE = 100;

  /**
   * What there was.
   *
   * @param version from which a watch goes on
   */
  record Listed<T>(List<T> objects, String version) {}

  /** Fails with the status where it is not answered. */
  Future<Listed<T>> read() {
    return page("", new ArrayList<>());
  }

  private Future<Listed<T>> page(String from, List<T> before) {
    return calls
        .list(path + "&limit=" + PAGE + from, LIMIT)
        .map(this::page)
        .compose(
            page -> {
              page.items().forEach(item -> kept.apply(item).ifPresent(before::add));
              String next = page.metadata().getContinue();
              return next == null || next.isEmpty()
                  ? Future.succeededFuture(
                      new Listed<>(before, page.metadata().getResourceVersion()))
                  : page("&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8), before);
            });
  }

  private KindJson.Page<O> page(ApiServerCalls.Answer answer) {
    if (answer.status() != HttpURLConnection.HTTP_OK) {
      throw new UnexpectedStatusException(answer.status());
    }
    return json.page(answer.body());
  }
}
