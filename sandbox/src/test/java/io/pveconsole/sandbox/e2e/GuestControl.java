// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The control interface of the simulator: what its guests saw, and what befalls them. */
final class GuestControl {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String url;

  GuestControl(SimulatedGuests guests) {
    this(guests.facts().get("controlUrl").asText());
  }

  /** By the URL of the control interface, which ends without a slash. */
  GuestControl(String url) {
    this.url = url;
  }

  /** What the guest shows, as text. */
  String screen(int vmid) {
    return send("GET", "/guests/" + vmid + "/screen", "");
  }

  /** Gives an API token another secret. */
  void token(String id, String secret) {
    send("POST", "/credentials/token", "{\"id\":\"%s\",\"secret\":\"%s\"}".formatted(id, secret));
  }

  /** The last keys and pointer events that the guest saw, one a line. */
  String input(int vmid) {
    return send("GET", "/guests/" + vmid + "/input", "");
  }

  /** Such as {@code stop} or {@code migrate?to=pve2}. */
  void guest(int vmid, String action) {
    send("POST", "/guests/" + vmid + "/" + action, "");
  }

  void fault(String name, String value) {
    send("PUT", "/faults/" + name, "{\"enabled\": true, \"value\": \"" + value + "\"}");
  }

  void noFault(String name) {
    send("PUT", "/faults/" + name, "{\"enabled\": false}");
  }

  private String send(String method, String path, String body) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + path))
                  .timeout(Duration.ofSeconds(20))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
