// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.pveconsole.relay.proxmox.StepEvent;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The JSON that the relay sends beside the console's bytes. */
final class ControlMessages {

  private ControlMessages() {}

  static JsonObject hello(String viewer, Grant grant, Policy policy, Instant now) {
    return policy(new JsonObject().put("t", "hello"), policy, now)
        .put("v", 1)
        .put("viewer", viewer)
        .putNull("resume")
        .put("console", grant.spec().console().name());
  }

  static JsonObject policy(Policy policy, Instant now) {
    return policy(new JsonObject().put("t", "policy"), policy, now);
  }

  private static JsonObject policy(JsonObject message, Policy policy, Instant now) {
    return message
        .put("viewOnly", policy.viewOnly())
        .put("clipboard", policy.clipboard().name())
        .put("expiresInSeconds", Math.max(0, Duration.between(now, policy.expires()).toSeconds()))
        .put("idleTimeoutSeconds", policy.idleTimeout().toSeconds());
  }

  /** A step of the doctor; the reason names nothing of the infrastructure. */
  static JsonObject step(StepEvent event) {
    JsonObject message =
        new JsonObject()
            .put("t", "step")
            .put("step", event.step().wireName())
            .put("state", event.state().name().toLowerCase(Locale.ROOT));
    Duration took = event.took();
    if (took != null) {
      message.put("ms", took.toMillis());
    }
    ProxmoxFailure failure = event.failure();
    if (failure != null) {
      message.put("reason", failure.reason().name());
    }
    return message;
  }

  /**
   * The wait for others who open consoles.
   *
   * @param position how many come before, this one included; 0 when the wait is over
   */
  static JsonObject queue(int position) {
    return new JsonObject().put("t", "queue").put("position", position);
  }

  static JsonObject ready(String guestName) {
    return new JsonObject().put("t", "ready").put("name", guestName);
  }

  static JsonObject idle(Duration left) {
    return new JsonObject().put("t", "idle").put("closesInSeconds", Math.max(1, left.toSeconds()));
  }

  static JsonObject active() {
    return new JsonObject().put("t", "active");
  }

  static JsonObject pong(Object n) {
    return new JsonObject().put("t", "pong").put("n", n);
  }
}
