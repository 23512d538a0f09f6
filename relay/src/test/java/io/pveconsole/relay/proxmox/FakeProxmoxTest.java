// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what happens on answers that no healthy Proxmox gives. */
class FakeProxmoxTest extends FakeProxmoxTestBase {

  @Test
  void asksInTheFormThatProxmoxNeeds() {
    open(client(proxmox.settings()));

    assertThat(proxmox.lines())
        .containsExactly(
            "GET /api2/json/cluster/resources?type=vm",
            "GET /api2/json/access/permissions?path=%2Fvms%2F100",
            "GET /api2/json/nodes/pve1/qemu/100/config?current=1",
            "GET /api2/json/nodes/pve1/qemu/100/status/current",
            "POST /api2/json/nodes/pve1/qemu/100/vncproxy",
            "GET /api2/json/nodes/pve1/qemu/100/vncwebsocket?port=5900"
                + "&vncticket=a%25%2B%3A%3B%3D%26%23%3F%2F%21");
    assertThat(proxmox.requests()).extracting(FakeProxmox.Request::cookie).containsOnly("null");
    assertThat(proxmox.requests().get(4).body()).isEqualTo("websocket=1&generate-password=1");
  }

  @Test
  void sendsTheTicketEncodedAndTheCsrfTokenOnWritesOnly() {
    List<String> csrf = new CopyOnWriteArrayList<>();
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void api(HttpServerRequest request, String path) {
            csrf.add(request.method() + " " + request.getHeader("CSRFPreventionToken"));
            FakeProxmox.Script.super.api(request, path);
          }
        });

    open(
        client(
            proxmox.settings("127.0.0.1", new Credentials.UserPassword("a@pve", Secret.of("ü&")))));

    assertThat(proxmox.requests().get(0).body())
        .contains("username=a%40pve")
        .contains("password=%C3%BC%26");
    assertThat(proxmox.requests().subList(1, 7))
        .extracting(FakeProxmox.Request::cookie)
        .containsOnly("PVEAuthCookie=PVE%3Aa%40pve%3A00%3A%3A%2B%2F%3D");
    assertThat(csrf)
        .containsExactly(
            "POST null", "GET null", "GET null", "GET null", "GET null", "POST 00:x", "GET null");
  }

  @Test
  void resolvesOnceAndStaysOnOneAddressWithHostAndNameUnchanged() throws Exception {
    AtomicInteger resolved = new AtomicInteger();
    InetAddress dead = InetAddress.getByName("127.0.0.2");
    InetAddress alive = InetAddress.getByName("127.0.0.1");
    ProxmoxSettings settings =
        proxmox.settings("pve1.simulator.invalid", proxmox.settings().credentials());
    ProxmoxClient client =
        new DefaultProxmoxClient(
            vertx,
            settings,
            Clock.systemUTC(),
            TlsEngine.best(),
            host -> {
              resolved.incrementAndGet();
              assertThat(host).isEqualTo("pve1.simulator.invalid");
              return Future.succeededFuture(List.of(dead, alive));
            });

    open(client);

    assertThat(resolved).hasValue(1);
    assertThat(proxmox.requests())
        .extracting(FakeProxmox.Request::host)
        .containsOnly("pve1.simulator.invalid:" + settings.endpoints().get(0).port());
  }

  @Test
  void leavesOutThePasswordParameterWhereItIsUnknown() {
    proxmox.script(
        new FakeProxmox.Script() {
          private final AtomicInteger asked = new AtomicInteger();

          @Override
          public void vncproxy(HttpServerRequest request) {
            if (asked.getAndIncrement() == 0) {
              request
                  .response()
                  .setStatusCode(400)
                  .setStatusMessage("Parameter verification failed.")
                  .end("{\"data\":null,\"errors\":{\"generate-password\":\"not defined\"}}");
            } else {
              FakeProxmox.data(request, "{\"port\":5901,\"ticket\":\"PVEVNC:6::x\"}");
            }
          }
        });

    TestConsole console = open(client(proxmox.settings()));

    assertThat(proxmox.requests().get(5).body()).isEqualTo("websocket=1");
    assertThat(console.tunnel().vncPassword().orElseThrow().reveal()).isEqualTo("PVEVNC:6::x");
  }

  @Test
  void getsAFreshTicketOnceWhenTheFirstIsRefused() {
    AtomicInteger refusals = new AtomicInteger(1);
    proxmox.script(refusing(refusals));

    open(client(proxmox.settings()));
    assertThat(proxmox.lines()).filteredOn(line -> line.endsWith("/vncproxy")).hasSize(2);

    refusals.set(9);
    assertThat(refused()).isInstanceOf(ServiceFailure.TicketRefused.class);
    assertThat(proxmox.lines()).filteredOn(line -> line.endsWith("/vncproxy")).hasSize(4);
  }

  private static FakeProxmox.Script refusing(AtomicInteger times) {
    return new FakeProxmox.Script() {
      @Override
      public void websocket(HttpServerRequest request) {
        if (times.getAndDecrement() > 0) {
          FakeProxmox.fail(request, 401, "permission denied - invalid PVEVNC ticket");
        } else {
          FakeProxmox.Script.super.websocket(request);
        }
      }
    };
  }

  @Test
  void asksAgainWhenAnIdleConnectionIsClosedUnderARequest() {
    AtomicInteger cut = new AtomicInteger(1);
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void api(HttpServerRequest request, String path) {
            if (path.endsWith("/config") && cut.getAndDecrement() > 0) {
              request.connection().close();
            } else {
              FakeProxmox.Script.super.api(request, path);
            }
          }
        });

    open(client(proxmox.settings()));

    assertThat(proxmox.lines()).filteredOn(line -> line.endsWith("/config?current=1")).hasSize(2);
  }

  @Test
  void logsInOnceForAllWhoWait() {
    ProxmoxClient client =
        client(
            proxmox.settings("127.0.0.1", new Credentials.UserPassword("a@pve", Secret.of("p"))));

    Await.value(Future.all(IntStream.range(0, 8).mapToObj(i -> client.findGuest(100)).toList()));

    assertThat(proxmox.lines()).filteredOn(line -> line.endsWith("/access/ticket")).hasSize(1);
  }

  @Test
  void freesAGuestWhoseOpenerSaysNothing() {
    ProxmoxClient client = client(proxmox.settings());

    for (int i = 0; i < 2; i++) {
      Await.value(TestConsole.of(vertx, () -> client.openVnc(100, null, StepListener.NONE)));
    }

    assertThat(proxmox.lines()).filteredOn(line -> line.endsWith("/vncproxy")).hasSize(2);
  }

  @Test
  void letsThroughOnlySomeOpensAtOnce() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void api(HttpServerRequest request, String path) {
            if (path.equals("/cluster/resources")) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            } else if (path.endsWith("/status/current")) {
              inside.decrementAndGet();
            }
            FakeProxmox.Script.super.api(request, path);
          }
        });
    ProxmoxClient client = client(proxmox.settings());

    Await.value(Future.all(IntStream.range(0, 30).mapToObj(i -> client.findGuest(100)).toList()));

    assertThat(most.get()).isBetween(2, 8);
  }

  @Test
  void givesUpOnAPortThatNeverAnswersAndFreesTheGuest() {
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void websocket(HttpServerRequest request) {}
        });
    ProxmoxClient client = client(proxmox.settings());

    assertThat(Await.failure(client.openVnc(100, null, StepListener.NONE)))
        .isInstanceOf(ServiceFailure.PortLost.class);

    proxmox.script(new FakeProxmox.Script() {});
    open(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "html", "huge", "closed", "gateway", "notJson", "noPort"})
  void survivesStrangeAnswers(String kind) {
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void api(HttpServerRequest request, String path) {
            if (kind.equals("noPort") && path.endsWith("/vncproxy")) {
              FakeProxmox.data(request, "{\"port\":22,\"ticket\":\"x\"}");
            } else if (kind.equals("noPort")) {
              FakeProxmox.Script.super.api(request, path);
            } else {
              strange(request, kind);
            }
          }
        });

    ProxmoxFailure failure = refused();

    switch (kind) {
      case "redirect", "html", "notJson" ->
          assertThat(failure).isInstanceOf(ConnectFailure.NotProxmox.class);
      case "gateway" -> assertThat(failure).isInstanceOf(ConnectFailure.Unreachable.class);
      default -> assertThat(failure).isInstanceOf(ServiceFailure.ProtocolError.class);
    }
  }

  private static void strange(HttpServerRequest request, String kind) {
    switch (kind) {
      case "redirect" ->
          request.response().setStatusCode(302).putHeader("Location", "https://127.0.0.1/").end();
      case "html" -> request.response().end("<html>");
      case "notJson" -> request.response().end("{\"data\":");
      case "gateway" -> request.response().setStatusCode(502).end("<html>");
      case "huge" -> request.response().end(Buffer.buffer(new byte[9 * 1024 * 1024]));
      default -> request.connection().close();
    }
  }

  @Test
  void splitsWritesIntoCompleteFramesAndSpeaksTheProtocolOfControlFrames() {
    Random random = new Random(3);
    byte[] sent = new byte[300_000];
    random.nextBytes(sent);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    Promise<Buffer> received = Promise.promise();
    Promise<String> pong = Promise.promise();
    Promise<Short> close = Promise.promise();
    proxmox.script(
        new FakeProxmox.Script() {
          @Override
          public void connected(ServerWebSocket socket) {
            Buffer all = Buffer.buffer();
            socket.frameHandler(frame -> take(socket, frame, all));
            socket.pongHandler(buffer -> pong.tryComplete(buffer.toString()));
            socket.closeHandler(v -> close.tryComplete(socket.closeStatusCode()));
          }

          private void take(ServerWebSocket socket, WebSocketFrame frame, Buffer all) {
            if (frame.isBinary()) {
              assertThat(frame.isFinal()).isTrue();
              sizes.add(frame.binaryData().length());
              all.appendBuffer(frame.binaryData());
              if (all.length() == sent.length) {
                received.tryComplete(all);
                socket.writePing(Buffer.buffer("are you there"));
                socket.writeBinaryMessage(Buffer.buffer("down"));
              }
            }
          }
        });

    TestConsole console = open(client(proxmox.settings()));
    Await.value(console.write(Buffer.buffer(sent)));

    assertThat(Await.value(received.future()).getBytes()).isEqualTo(sent);
    assertThat(sizes).containsExactly(131_072, 131_072, 37_856);
    assertThat(Await.value(pong.future())).isEqualTo("are you there");
    assertThat(console.read(4).toString()).isEqualTo("down");
    Await.value(console.close());
    assertThat(Await.value(close.future())).isEqualTo((short) 1000);
  }

  private ProxmoxFailure refused() {
    return Await.failure(client(proxmox.settings()).openVnc(100, null, StepListener.NONE));
  }

  private TestConsole open(ProxmoxClient client) {
    TestConsole console =
        Await.value(TestConsole.of(vertx, () -> client.openVnc(100, null, StepListener.NONE)));
    console.authenticationDone();
    return console;
  }
}
