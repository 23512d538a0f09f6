// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The relay's metrics. */
public final class Management implements AutoCloseable {

  private static final Duration CALL = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;

  Management(int port) {
    this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /** The sum of all series whose name and labels begin so; 0 when there is none. */
  public double sum(String begin) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(metrics).timeout(CALL).build(),
            HttpResponse.BodyHandlers.ofString());
    return sum(answer.body(), begin);
  }

  /** The same of a text in Prometheus' form. */
  static double sum(String text, String begin) {
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    http.close();
  }
}
