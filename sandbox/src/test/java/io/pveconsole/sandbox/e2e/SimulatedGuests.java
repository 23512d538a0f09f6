// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** What stands on the screens of the simulator's guests, asked of the simulator itself. */
final class SimulatedGuests {
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final JsonNode facts;

  SimulatedGuests(Path simulatorJson) {
    try {
      facts = new ObjectMapper().readTree(simulatorJson.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode facts() {
    return facts;
  }

  /** The text of a guest's screen. */
  String screen(int vmid) {
    try {
      URI address = URI.create(facts.get("controlUrl").asText() + "/guests/" + vmid + "/screen");
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
