// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.relay.proxmox.ConsoleTunnel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a console does with what a browser does not take. */
class VncConsoleTest {

  private final List<String> told = new ArrayList<>();
  private final Events events = new Events();
  private final FullSocket browser = new FullSocket();
  private final RfbGreeting greeting = new RfbGreeting(browser);
  private Handler<Buffer> guest = data -> {};
  private long queued;
  private long sent;

  private final class Events implements Console.Events {
    @Override
    public void input() {}

    @Override
    public void fail(CloseCode code, String reason) {
      told.add(reason);
    }

    @Override
    public void lost() {
      told.add("lost");
    }
  }

  private final class FullSocket extends SilentSocket {
    @Override
    public void add(Buffer data) {
      queued += data.length();
      sent += data.length();
    }

    @Override
    public boolean isFull() {
      return queued > 100;
    }
  }

  @SuppressWarnings("unchecked")
  private ConsoleTunnel tunnel() {
    return (ConsoleTunnel)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConsoleTunnel.class},
            (proxy, method, args) -> {
              if (method.getName().equals("handler")) {
                guest = (Handler<Buffer>) args[0];
              } else if (method.getName().matches("pause|resume")) {
                told.add(method.getName());
              }
              Class<?> type = method.getReturnType();
              return type == boolean.class
                  ? false
                  : type == Future.class
                      ? Future.succeededFuture()
                      : type == void.class ? null : proxy;
            });
  }

  private VncConsole console() {
    return console(Buffer.buffer());
  }

  private VncConsole console(Buffer first) {
    Counter counter = new SimpleMeterRegistry().counter("bytes");
    VncConsole console =
        new VncConsole(
            tunnel(),
            first,
            browser,
            greeting,
            new Policy(false, ClipboardPolicy.Both, Duration.ofMinutes(5), Instant.MAX),
            new ByteCounters(counter, counter),
            ConsoleTimes.standard(),
            events);
    console.start();
    queued = 0;
    return console;
  }

  private void guestSends(int bytes) {
    guest.handle(Buffer.buffer(new byte[bytes]));
  }

  @Test
  void aGuestWaitsForItsBrowserAndGoesOnOnce() {
    VncConsole console = console();
    guestSends(100);
    assertThat(told).isEmpty();

    guestSends(1);
    assertThat(told).containsExactly("pause");

    queued = 0;
    console.browserDrained();
    console.browserDrained();
    assertThat(told).containsExactly("pause", "resume");
  }

  @Test
  void whatCameOfServerInitGoesOnAfterTheBrowsersClientInit() {
    VncConsole console = console(Buffer.buffer(new byte[24]));
    console.fromBrowser(Buffer.buffer("RFB 003.008\n").appendByte((byte) 1));
    assertThat(queued).isZero();

    console.fromBrowser(Buffer.buffer(new byte[] {0}));
    assertThat(queued).isEqualTo(24);
  }

  @Test
  void aBrowserThatDoesNotSpeakRfbIsNotWaitedForLong() {
    VncConsole console = console();
    for (int second = 1; second < 30; second++) {
      console.tick();
    }
    assertThat(told).isEmpty();

    console.tick();
    assertThat(told).containsExactly("ProtocolError");
  }

  @Test
  void aBrowserThatHasSaidItsHandshakeGetsServerInitAtOnce() {
    greeting.begin();
    greeting.feed(Buffer.buffer("RFB 003.008\n").appendByte((byte) 1).appendByte((byte) 0));
    console(Buffer.buffer(new byte[24]));

    assertThat(sent).isEqualTo(24);
    assertThat(told).containsExactly("resume");
  }

  @Test
  void whatABrowserSaidAheadIsObeyedLikeAllThatFollows() {
    greeting.begin();
    greeting.feed(Buffer.buffer("RFB 003.008\n").appendByte((byte) 1).appendByte((byte) 0));
    greeting.feed(Buffer.buffer(new byte[] {99}));
    console();

    assertThat(told).containsExactly("ProtocolError");
  }
}
