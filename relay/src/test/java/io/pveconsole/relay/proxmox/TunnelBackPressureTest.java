// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A guest that sends more than is taken from its tunnel. */
class TunnelBackPressureTest extends FakeProxmoxTestBase {

  private ProxmoxClient client;

  @BeforeEach
  void start() {
    client = client(proxmox.settings());
  }

  @Test
  void holdsBackWhatIsNotReadWhilePaused() {
    Promise<ServerWebSocket> server = Promise.promise();
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void connected(ServerWebSocket socket) {
            server.complete(socket);
          }
        });
    List<Integer> got = new ArrayList<>();
    ConsoleTunnel tunnel = Await.value(client.openVnc(100, null, StepListener.NONE));
    tunnel.handler(buffer -> got.add(buffer.length()));

    ServerWebSocket socket = Await.value(server.future());
    List<Future<Void>> written = new ArrayList<>();
    Awaitility.await("more is written than the kernel's buffers hold")
        .pollInterval(Duration.ofMillis(20))
        .during(Duration.ofMillis(500))
        .until(
            () -> {
              boolean full = socket.writeQueueFull();
              for (int i = 0; i < 20 && !full; i++) {
                written.add(socket.writeBinaryMessage(Buffer.buffer(new byte[100_000])));
              }
              return full;
            });
    Future<Void> last = written.getLast();

    assertThat(got).isEmpty();
    assertThat(last.isComplete()).isFalse();
    tunnel.resume();
    Await.value(last);
    Promise<Void> closed = Promise.promise();
    tunnel.closeHandler(v -> closed.complete());
    Await.value(tunnel.close());
    Await.value(closed.future());
  }

  @Test
  void holdsWhatComesWhereItIs() {
    int all = 2_000_000;
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void connected(ServerWebSocket socket) {
            for (int sent = 0; sent < all; sent += 100_000) {
              socket.writeBinaryMessage(Buffer.buffer(new byte[100_000]));
            }
          }
        });
    Context context = vertx.getOrCreateContext();
    AtomicInteger got = new AtomicInteger();
    AtomicBoolean full = new AtomicBoolean(true);
    Promise<ConsoleTunnel> opened = Promise.promise();
    context.runOnContext(
        v ->
            client
                .openVnc(100, null, StepListener.NONE)
                .onSuccess(
                    tunnel -> {
                      tunnel.handler(
                          buffer -> {
                            got.addAndGet(buffer.length());
                            if (full.get()) {
                              tunnel.pause();
                            }
                          });
                      tunnel.resume();
                    })
                .onComplete(opened));

    ConsoleTunnel tunnel = Await.value(opened.future());
    Awaitility.await("the first bytes").until(() -> got.get() > 0);
    Awaitility.await("one read at most")
        .during(Duration.ofMillis(500))
        .until(() -> got.get() <= 3 * 64 * 1024);

    full.set(false);
    context.runOnContext(v -> tunnel.resume());
    Awaitility.await("all of it").until(() -> got.get() == all);
  }

  /** Linux tells of an end while nothing is read. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theLastWordsAreNotLostWhereTheyWereHeld() {
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void connected(ServerWebSocket socket) {
            socket.writeBinaryMessage(Buffer.buffer("last "));
            socket.writeBinaryMessage(Buffer.buffer("words"));
            socket.close();
          }
        });
    Buffer got = Buffer.buffer();
    Promise<String> closed = Promise.promise();
    ConsoleTunnel tunnel = Await.value(client.openVnc(100, null, StepListener.NONE));
    tunnel.handler(got::appendBuffer);
    tunnel.closeHandler(v -> closed.tryComplete(got.toString()));

    assertThat(Await.value(closed.future())).isEqualTo("last words");
  }
}
