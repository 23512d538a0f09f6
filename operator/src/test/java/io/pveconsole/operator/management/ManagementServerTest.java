// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ManagementServerTest {

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> get(ManagementServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void healthFollowsItsSuppliersAndMetricsAreServed() throws Exception {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.counter("pveconsole_test").increment();
    AtomicBoolean ready = new AtomicBoolean();
    try (ManagementServer server = ManagementServer.start(0, () -> true, ready::get, metrics)) {
      assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      ready.set(true);
      assertThat(get(server, "/readyz").body()).isEqualTo("ok\n");
      assertThat(get(server, "/metrics").body()).contains("pveconsole_test_total 1.0");
    }
  }
}
