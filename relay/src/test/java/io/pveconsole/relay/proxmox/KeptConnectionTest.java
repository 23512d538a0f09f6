// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A console's calls and its WebSocket go over one connection as long as Proxmox keeps it. */
class KeptConnectionTest extends FakeProxmoxTestBase {

  private static final int CALLS = 6;

  /** Says of the connection what a test wants said with each answer. */
  private record Saying(List<String> connection) implements FakeProxmox.Script {

    @Override
    public void api(HttpServerRequest request, String path) {
      if (!path.endsWith("/vncwebsocket")) {
        request.response().putHeader("Connection", connection);
      }
      FakeProxmox.Script.super.api(request, path);
    }
  }

  /** Ends the connection instead of answering one call, so many times. */
  private record Cutting(String call, AtomicInteger times) implements FakeProxmox.Script {

    @Override
    public void api(HttpServerRequest request, String path) {
      if (path.endsWith(call) && times.getAndDecrement() > 0) {
        request.connection().close();
      } else {
        FakeProxmox.Script.super.api(request, path);
      }
    }
  }

  private void open() {
    ProxmoxClient client = client(proxmox.settings());
    Await.value(TestConsole.of(vertx, () -> client.openVnc(100, null, StepListener.NONE)))
        .authenticationDone();
  }

  private List<Integer> ports() {
    return proxmox.requests().stream().map(FakeProxmox.Request::port).toList();
  }

  private long made(String call) {
    return proxmox.lines().stream().filter(line -> line.contains(call)).count();
  }

  @Test
  void allGoesOverOne() {
    open();

    assertThat(ports()).hasSize(CALLS);
    assertThat(ports().stream().distinct()).hasSize(1);
  }

  @Test
  void whatTheDaemonSaysOfItsOwnConnectionDoesNotCount() {
    proxmox.script(new Saying(List.of("close", "Keep-Alive")));

    open();

    assertThat(ports()).hasSize(CALLS);
    assertThat(ports().stream().distinct()).hasSize(1);
  }

  @Test
  void oneThatIsNotKeptIsNotUsedAgain() {
    proxmox.script(new Saying(List.of("close")));

    open();

    assertThat(ports()).hasSize(CALLS).doesNotHaveDuplicates();
  }

  @Test
  void oneThatEndsUnderTheUpgradeIsReplacedAndAnotherPortAskedFor() {
    proxmox.script(new Cutting("/vncwebsocket", new AtomicInteger(1)));

    open();

    assertThat(made("/vncproxy")).isEqualTo(2);
    assertThat(made("/vncwebsocket")).isEqualTo(2);
    assertThat(ports().stream().distinct()).as("the second upgrade has its own").hasSize(3);
  }

  @Test
  void oneThatEndsUnderEveryUpgradeIsGivenUp() {
    proxmox.script(new Cutting("/vncwebsocket", new AtomicInteger(9)));

    assertThat(Await.failure(client(proxmox.settings()).openVnc(100, null, StepListener.NONE)))
        .isInstanceOf(ServiceFailure.PortLost.class);

    assertThat(made("/vncwebsocket")).isEqualTo(2);
  }

  @Test
  void oneThatEndsUnderTheCallForAPortIsReplaced() {
    proxmox.script(new Cutting("/vncproxy", new AtomicInteger(1)));

    open();

    assertThat(made("/vncproxy")).isEqualTo(2);
    assertThat(ports().stream().distinct()).hasSize(2);
  }
}
