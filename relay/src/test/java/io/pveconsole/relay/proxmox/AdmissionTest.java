// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.simulator.guest.GuestSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens while it is not known yet whether a console may be opened. */
class AdmissionTest extends SimulatorTestBase {

  private final Promise<Void> admission = Promise.promise();
  private final List<Step> passed = new CopyOnWriteArrayList<>();
  private volatile Context loop;

  private final StepListener listener =
      new StepListener() {
        @Override
        public void step(StepEvent event) {
          if (event.state() != StepEvent.State.STARTED) {
            passed.add(event.step());
          }
        }

        @Override
        public Future<Void> admission() {
          return admission.future();
        }
      };

  private Future<TestConsole> open(int vmid, GuestIdentity expected) {
    ProxmoxClient client = client(byToken());
    return TestConsole.of(
        vertx,
        () -> {
          loop = Vertx.currentContext();
          return client.openVnc(vmid, expected, listener);
        });
  }

  private void awaitGuest() {
    Awaitility.await("the guest is found").until(() -> passed.contains(Step.GUEST));
  }

  private void admit() {
    loop.runOnContext(v -> admission.complete());
  }

  @Test
  void theGuestIsLookedForAndNoConsoleAskedFor() {
    Future<TestConsole> console = open(100, null);
    awaitGuest();

    assertThat(simulator.tasks()).isEmpty();
    assertThat(console.isComplete()).isFalse();
    admit();

    assertThat(Await.value(console).read(12).toString()).startsWith("RFB");
    assertThat(simulator.tasks()).hasSize(1);
  }

  @Test
  void whoIsNotAdmittedLeavesNothingBehind() {
    Future<TestConsole> console = open(100, null);
    awaitGuest();

    loop.runOnContext(v -> admission.fail(new ServiceFailure.Closed().toException()));

    assertThat(Await.failure(console)).isInstanceOf(ServiceFailure.Closed.class);
    assertThat(simulator.tasks()).isEmpty();
    assertThat(passed).doesNotContain(Step.TICKET);
  }

  @Test
  void anObstacleIsToldOnlyToWhoIsAdmitted() {
    Future<TestConsole> console = open(103, null);
    awaitGuest();
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(console.isComplete()).isFalse());

    admit();

    assertThat(Await.failure(console)).isInstanceOf(GuestFailure.GuestStopped.class);
  }

  @Test
  void afterALongWaitTheGuestIsLookedAtAgain() {
    Guest before = Await.value(client(byToken()).findGuest(100));
    Future<TestConsole> console = open(100, before.identity());
    awaitGuest();
    clock.advance(Duration.ofSeconds(5));
    simulator.guests().replace(GuestSpec.vm(100, "web-1", "pve1"));

    admit();

    assertThat(Await.failure(console)).isInstanceOf(GuestFailure.GuestChanged.class);
    assertThat(simulator.tasks()).isEmpty();
  }
}
