// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.relay.host.HostStore;
import io.vertx.core.Future;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host by {@link ApiServerCalls}; whatever does not go as it should, by another store. */
final class LoopHostStore implements HostStore {

  private static final Logger LOG = LoggerFactory.getLogger(LoopHostStore.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ApiServerCalls calls;
  private final HostStore other;
  private final HostReportJson json;
  private final String path;

  LoopHostStore(ApiServerCalls calls, String namespace, String name, HostStore other) {
    this.calls = calls;
    this.other = other;
    this.json = new HostReportJson(namespace, name);
    this.path = LoopHostWatch.path(namespace) + "/" + name;
  }

  @Override
  public Future<Optional<ProxmoxHost>> read() {
    return orElse(
        calls
            .get(path, LIMIT)
            .map(
                answer ->
                    switch (answer.status()) {
                      case HttpURLConnection.HTTP_OK ->
                          Optional.of(LoopHostWatch.JSON.object(answer.body()));
                      case HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
                      default -> throw new UnexpectedStatusException(answer.status());
                    }),
        other::read);
  }

  @Override
  public Future<Void> report(RelayStatus status) {
    return orElse(
        calls
            .apply(path + "/status", status.podName(), json.of(status), LIMIT)
            .map(
                answer -> {
                  if (answer.status() != HttpURLConnection.HTTP_OK) {
                    throw new UnexpectedStatusException(answer.status());
                  }
                  return null;
                }),
        () -> other.report(status));
  }

  private static <T> Future<T> orElse(Future<T> answer, Supplier<Future<T>> other) {
    return answer.recover(
        thrown -> {
          LOG.atInfo().addKeyValue("error", thrown.toString()).log("the host is asked for again");
          return other.get();
        });
  }
}
