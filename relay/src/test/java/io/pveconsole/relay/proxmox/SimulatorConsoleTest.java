// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.proxmox.transport.WatchingTransport;
import io.pveconsole.simulator.ConsoleStyle;
import io.pveconsole.simulator.ProxmoxSimulator;
import io.pveconsole.simulator.SimulatorConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Consoles of a simulated cluster, from login to the display's answer. */
class SimulatorConsoleTest {

  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = WatchingTransport.vertx(new VertxOptions());
  }

  @AfterEach
  void stop() {
    Await.value(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(ConsoleStyle.class)
  void authenticatesWithTheDisplayOfAVirtualMachine(ConsoleStyle style) throws Exception {
    try (ProxmoxSimulator simulator =
        ProxmoxSimulator.start(SimulatorConfig.builder().style(style).build())) {
      ProxmoxClient client =
          ProxmoxClient.create(
              vertx,
              Clusters.settings(simulator, Clusters.ca(simulator), Clusters.user(simulator)),
              Clock.systemUTC(),
              TlsEngine.JDK);
      List<StepEvent> steps = new ArrayList<>();

      TestConsole console =
          Await.value(TestConsole.of(vertx, () -> client.openVnc(100, null, steps::add)));

      assertThat(console.tunnel().guest().name()).isEqualTo("web-1");
      authenticate(console);
      assertThat(steps)
          .filteredOn(event -> event.state() == StepEvent.State.OK)
          .extracting(StepEvent::step)
          .containsExactly(
              Step.DNS,
              Step.TCP,
              Step.TLS,
              Step.AUTH,
              Step.PRIVILEGE,
              Step.GUEST,
              Step.TICKET,
              Step.PORT);
      assertThat(steps)
          .filteredOn(event -> event.state() == StepEvent.State.OK)
          .extracting(StepEvent::took)
          .doesNotContainNull();
      Await.value(console.close());
      Await.value(console.closed());
      Await.value(client.close());
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void usesATokenAndPins(TlsEngine engine) throws Exception {
    try (ProxmoxSimulator simulator = ProxmoxSimulator.start(SimulatorConfig.defaults())) {
      ProxmoxClient client =
          ProxmoxClient.create(
              vertx,
              Clusters.settings(simulator, Clusters.pins(simulator), Clusters.token(simulator)),
              Clock.systemUTC(),
              engine);

      TestConsole machine =
          Await.value(TestConsole.of(vertx, () -> client.openVnc(101, null, StepListener.NONE)));
      authenticate(machine);
      TestConsole container =
          Await.value(TestConsole.of(vertx, () -> client.openVnc(200, null, StepListener.NONE)));
      authenticate(container);
    }
  }

  @Test
  void logsInToTheTerminalOfAContainer() {
    try (ProxmoxSimulator simulator = ProxmoxSimulator.start(SimulatorConfig.defaults())) {
      ProxmoxClient client =
          ProxmoxClient.create(
              vertx,
              Clusters.settings(simulator, Clusters.ca(simulator), Clusters.token(simulator)),
              Clock.systemUTC(),
              TlsEngine.best());

      TestConsole console =
          Await.value(
              TestConsole.of(vertx, () -> client.openTerminal(200, null, StepListener.NONE)));

      assertThat(console.tunnel().vncPassword()).isEmpty();
      console.write(Buffer.buffer(console.tunnel().terminalLogin().orElseThrow().reveal()));
      assertThat(console.read(2).getString(0, 2)).isEqualTo("OK");
    }
  }

  /** RFB 3.8 up to the result of VNC authentication. */
  private static void authenticate(TestConsole console) throws Exception {
    assertThat(console.read(12).toString()).isEqualTo("RFB 003.008\n");
    console.write(Buffer.buffer("RFB 003.008\n"));
    assertThat(console.read(2).getBytes()).containsExactly(1, 2);
    console.write(Buffer.buffer(new byte[] {2}));
    byte[] challenge = console.read(16).getBytes();
    String password = console.tunnel().vncPassword().orElseThrow().reveal();
    console.write(Buffer.buffer(answer(password, challenge)));
    assertThat(console.read(4).getInt(0)).isZero();
    console.authenticationDone();
  }

  private static byte[] answer(String password, byte[] challenge) throws Exception {
    byte[] key = new byte[8];
    byte[] bytes = password.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < Math.min(8, bytes.length); i++) {
      key[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
    }
    Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
    des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
    return des.doFinal(challenge);
  }
}
