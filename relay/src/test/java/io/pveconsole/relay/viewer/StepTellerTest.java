// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.Futures;
import io.pveconsole.relay.proxmox.Step;
import io.pveconsole.relay.proxmox.StepEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepTellerTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final StepTeller teller = new StepTeller(vertx, new Told());

  private final class Told extends SilentSocket {
    @Override
    public void control(JsonObject message) {
      told.add(message.getString("step") + " " + message.getString("state"));
    }
  }

  @AfterEach
  void stop() {
    Futures.value(vertx.close());
  }

  private void tell(Step step, StepEvent.State state) {
    vertx.runOnContext(v -> teller.tell(new StepEvent(step, state, Duration.ofMillis(1), null)));
  }

  @Test
  void ofAQuickStepOnlyTheEnd() {
    tell(Step.TCP, StepEvent.State.STARTED);
    tell(Step.TCP, StepEvent.State.OK);

    Awaitility.await().during(Duration.ofMillis(300)).until(() -> told.equals(List.of("tcp ok")));
  }

  @Test
  void ofOneThatLastsBoth() {
    tell(Step.TLS, StepEvent.State.STARTED);
    Awaitility.await().until(() -> told.equals(List.of("tls started")));
    tell(Step.TLS, StepEvent.State.OK);

    Awaitility.await().until(() -> told.equals(List.of("tls started", "tls ok")));
  }

  @Test
  void allInOneGoWhereAllIsQuick() {
    vertx.runOnContext(
        v -> {
          for (Step step : new Step[] {Step.DNS, Step.TCP, Step.TLS}) {
            teller.tell(new StepEvent(step, StepEvent.State.STARTED, null, null));
            teller.tell(new StepEvent(step, StepEvent.State.OK, Duration.ofMillis(1), null));
          }
          told.add("before");
          teller.end();
          told.add("ready");
        });

    Awaitility.await()
        .until(() -> told.equals(List.of("before", "dns ok", "tcp ok", "tls ok", "ready")));
  }

  @Test
  void whatIsKnownBeforeTheQueue() {
    tell(Step.AUTH, StepEvent.State.OK);
    tell(Step.TICKET, StepEvent.State.STARTED);
    vertx.runOnContext(v -> teller.now());
    vertx.runOnContext(v -> told.add("queue"));

    Awaitility.await().until(() -> told.equals(List.of("auth ok", "ticket started", "queue")));
  }

  @Test
  void nothingOnceTheWayIsOver() {
    tell(Step.RFB, StepEvent.State.STARTED);
    vertx.runOnContext(v -> teller.end());

    Awaitility.await().during(Duration.ofMillis(300)).until(told::isEmpty);
  }
}
