// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One more process of a relay that a sandbox runs, which reaches the API server by another way. */
final class OwnRelay implements AutoCloseable {
  private static final Pattern SERVER = Pattern.compile("https://127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path log;
  private final int port;
  private final LossyNetwork network;

  private OwnRelay(Process process, Path log, int port, LossyNetwork network) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.network = network;
  }

  static OwnRelay start(Path directory, RelayProcess like) throws IOException {
    String kubeconfig = Files.readString(Path.of(like.environment().get("KUBECONFIG")));
    Matcher server = SERVER.matcher(kubeconfig);
    if (!server.find()) {
      throw new IllegalStateException("no server in the relay's kubeconfig");
    }
    LossyNetwork network = new LossyNetwork(Integer.parseInt(server.group(1)));
    Path file = directory.resolve("lossy.kubeconfig");
    Files.writeString(file, server.replaceAll("https://127.0.0.1:" + network.port()));
    List<String> words = new ArrayList<>();
    words.add(like.handle().info().command().orElseThrow());
    words.addAll(List.of(like.handle().info().arguments().orElseThrow()));
    ProcessBuilder builder = new ProcessBuilder(words);
    int port = freePort();
    builder.environment().putAll(like.environment());
    builder.environment().put("KUBECONFIG", file.toString());
    builder.environment().put("PVECONSOLE_PUBLIC_PORT", String.valueOf(port));
    int management = freePort();
    builder.environment().put("PVECONSOLE_MANAGEMENT_PORT", String.valueOf(management));
    Path log = directory.resolve("own-relay.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    OwnRelay relay = new OwnRelay(builder.start(), log, port, network);
    relay.awaitReady(URI.create("http://127.0.0.1:" + management + "/readyz"));
    return relay;
  }

  private void awaitReady(URI readiness) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest ask = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
      Awaitility.await("ready; its log is " + log)
          .atMost(Patience.of(Duration.ofSeconds(60)))
          .ignoreExceptions()
          .until(() -> http.send(ask, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  LossyNetwork network() {
    return network;
  }

  void awaitLog(String text, Duration limit) {
    Awaitility.await("'" + text + "' in " + log)
        .atMost(Patience.of(limit))
        .until(() -> Files.readString(log, StandardCharsets.UTF_8).contains(text));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    network.close();
  }
}
