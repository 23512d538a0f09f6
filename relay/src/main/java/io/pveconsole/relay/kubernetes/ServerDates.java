// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.pveconsole.relay.time.ServerClock;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands the {@code Date} of each of the API server's answers to the clock. */
final class ServerDates implements Interceptor {

  /** When the request was sent; the client gives its requests nothing else that stays. */
  private static final String SENT = "X-Pveconsole-Sent";

  private final ServerClock clock;

  ServerDates(ServerClock clock) {
    this.clock = clock;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    builder.setHeader(SENT, Long.toString(clock.mark()));
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    String sent = request.header(SENT);
    if (sent != null) {
      heard(response.header("Date"), Long.parseLong(sent));
    }
  }

  /** The moment at which a request is sent. */
  long mark() {
    return clock.mark();
  }

  /** Takes the date of an answer to a request that was sent at that moment. */
  void heard(@Nullable String date, long sent) {
    if (date == null) {
      return;
    }
    try {
      clock.heard(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)), sent);
    } catch (DateTimeException e) {
      // Not a date: the clock goes on with what it knows.
    }
  }
}
