// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches sessions become Ready, as kubectl can: the API server picks them, and nothing but names
 * is read, since what a test uses of the machine the operator lacks.
 */
final class ReadyWatch implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("\"name\":\"(s\\d+)\"");
  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");
  private static final String PATH =
      "apis/pveconsole.io/v1alpha1/namespaces/%s/consolesessions"
          + "?watch=true&fieldSelector=status.state%%3DReady&resourceVersion=";

  private final HttpClient http;
  private final String url;
  private volatile InputStream lines;
  private String version = "";
  private volatile boolean closed;

  private ReadyWatch(HttpClient http, String url) throws Exception {
    this.http = http;
    this.url = url;
    this.lines = open();
  }

  /**
   * Begins, and has begun when it returns. One that the API server ends goes on where it was: all
   * Ready sessions once more would be a load of the test's own.
   *
   * @param seen is told each name, on one thread
   * @param lost is told why the watch was ended
   */
  static ReadyWatch on(
      RealCluster cluster, String namespace, Consumer<String> seen, Consumer<String> lost)
      throws Exception {
    ReadyWatch watch =
        new ReadyWatch(cluster.admin().getHttpClient(), cluster.url() + PATH.formatted(namespace));
    Thread.ofPlatform().daemon().name("ready-watch").start(() -> watch.read(seen, lost));
    return watch;
  }

  private InputStream open() throws Exception {
    HttpResponse<InputStream> answer =
        http.sendAsync(
                http.newHttpRequestBuilder().uri(url + version).forStreaming().build(),
                InputStream.class)
            .get(10, TimeUnit.SECONDS);
    if (!answer.isSuccessful()) {
      throw new IllegalStateException("no watch: " + answer.code());
    }
    return answer.body();
  }

  private void read(Consumer<String> seen, Consumer<String> lost) {
    while (!closed) {
      String why = "its end";
      try {
        read(seen);
      } catch (IOException e) {
        why = e.toString();
      }
      if (!closed) {
        lost.accept(why);
        again(lost);
      }
    }
  }

  private void again(Consumer<String> lost) {
    try {
      lines = open();
    } catch (Exception e) {
      lost.accept("it cannot begin anew: " + e);
      closed = true;
    }
  }

  private void read(Consumer<String> seen) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      Matcher name = NAME.matcher(line);
      if (name.find()) {
        seen.accept(name.group(1));
      }
      Matcher at = VERSION.matcher(line);
      if (at.find()) {
        version = at.group(1);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    lines.close();
  }
}
