// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pveconsole.simulator.Endpoint;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.auth.Issued;
import io.pveconsole.simulator.http.UrlEncoded;
import java.net.URI;
import java.time.Duration;

/** The part of the control interface that concerns nodes and the service account. */
final class ClusterControl {
  private static final String DOWN_MILLIS = "2000";

  private final ProxmoxSimulator simulator;
  private final ObjectMapper mapper = new ObjectMapper();

  ClusterControl(ProxmoxSimulator simulator) {
    this.simulator = simulator;
  }

  ArrayNode nodes() {
    ArrayNode out = mapper.createArrayNode();
    simulator.endpoints().forEach(endpoint -> out.add(node(endpoint)));
    return out;
  }

  ObjectNode steer(String name, String action, URI uri) {
    switch (action) {
      case "cut" -> simulator.cut(name);
      case "restart" -> {
        String millis = UrlEncoded.parse(uri.getRawQuery()).getOrDefault("ms", DOWN_MILLIS);
        simulator.restartService(name, Duration.ofMillis(Integer.parseInt(millis)));
      }
      default -> throw new IllegalArgumentException("unknown action " + action);
    }
    return node(simulator.endpoint(name));
  }

  ArrayNode issued() {
    ArrayNode out = mapper.createArrayNode();
    for (Issued.Secret secret : simulator.issued()) {
      out.addObject().put("kind", secret.kind()).put("value", secret.value());
    }
    return out;
  }

  /** Answers with the account's name only. */
  ObjectNode rotate(String what, String body) throws JsonProcessingException {
    JsonNode wanted = mapper.readTree(body.isBlank() ? "{}" : body);
    String id = wanted.path("id").asText(simulator.tokenId());
    switch (what) {
      case "token" -> token(id, required(wanted, "secret"));
      case "password" -> simulator.changePassword(required(wanted, "password"));
      case "delete" -> simulator.accounts().remove(id);
      default -> throw new IllegalArgumentException("unknown credential " + what);
    }
    return mapper.createObjectNode().put("id", what.equals("password") ? simulator.username() : id);
  }

  private void token(String id, String secret) {
    if (id.equals(simulator.tokenId())) {
      simulator.changeTokenSecret(secret);
    } else {
      simulator.addToken(id, secret);
    }
  }

  private static String required(JsonNode wanted, String key) {
    String value = wanted.path(key).asText("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the body needs " + key);
    }
    return value;
  }

  private ObjectNode node(Endpoint endpoint) {
    return mapper
        .createObjectNode()
        .put("node", endpoint.node())
        .put("url", endpoint.url())
        .put("fingerprint", endpoint.fingerprint())
        .put("waiting", simulator.waitingConsoles(endpoint.node()))
        .put("mostWaiting", simulator.mostWaitingConsoles(endpoint.node()));
  }
}
