// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks a path over HTTP, often until it first answers well, then every few seconds. Not
 * thread-safe; the request itself runs in the background.
 */
final class ReadinessProbe {

  private static final Duration WHILE_STARTING = Duration.ofMillis(100);
  private static final Duration WHEN_READY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final HttpClient http;
  private final URI address;
  private final Clock clock;
  private @Nullable CompletableFuture<Boolean> running;
  private Instant nextAt = Instant.MIN;
  private boolean ready;

  ReadinessProbe(HttpClient http, URI address, Clock clock) {
    this.http = http;
    this.address = address;
    this.clock = clock;
  }

  /** The latest outcome; starts the next request when it is time. */
  boolean isReady() {
    CompletableFuture<Boolean> request = running;
    if (request != null && request.isDone()) {
      ready = request.join();
      running = null;
      nextAt = clock.instant().plus(ready ? WHEN_READY : WHILE_STARTING);
    } else if (request == null && !clock.instant().isBefore(nextAt)) {
      running = ask();
    }
    return ready;
  }

  private CompletableFuture<Boolean> ask() {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((answer, error) -> error == null && answer.statusCode() < 400);
  }
}
