// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.pveconsole.relay.time.ServerClock;
import java.nio.ByteBuffer;
import java.util.List;

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
      clock.heard(response.header("Date"), Long.parseLong(sent));
    }
  }
}
