// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.rfb.Messages;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.simulator.console.Consoles;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that take little or nothing of a guest that sends as much as is asked for. */
class SlowReadersTest {

  private static final int READERS = 100;
  private static final int BYTES_PER_STEP = 5_000;
  private static final int STEP_MILLIS = 100;
  private static final int WIDTH = 400;
  private static final int HEIGHT = 200;
  private static final int UPDATE_BYTES = WIDTH * HEIGHT * 4;
  private static final long MOST_BYTES_EACH = 2048 * 1024;
  private static final int SAMPLES = 200;
  private static final int[] GUESTS = {100, 101, 102};
  private static final ConsoleTimes SHORT =
      new ConsoleTimes(
          Duration.ofMillis(50),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          2,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @TempDir Path directory;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicReference<Exception> failed = new AtomicReference<>();

  /** Asks for the whole of a part of the screen again and again, and reads 50 kB/s of it. */
  private void readSlowly(RawBrowser browser) {
    byte[] request = Messages.request(false, 0, 0, WIDTH, HEIGHT).getBytes();
    byte[] some = new byte[BYTES_PER_STEP];
    try {
      while (!over.get()) {
        browser.send(request);
        taken.addAndGet(Math.max(0, browser.some(some)));
        Thread.sleep(STEP_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      if (!over.get()) {
        failed.set(e);
      }
    }
  }

  /** Milliseconds from a request for a small part to its picture, sorted. */
  private static long[] waits(RawBrowser browser) throws IOException {
    byte[] request = Messages.request(false, 0, 0, 10, 10).getBytes();
    long[] waits = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long began = System.nanoTime();
      browser.send(request);
      Buffer head = Buffer.buffer(browser.read(4));
      for (int rect = 0; rect < head.getUnsignedShort(2); rect++) {
        Buffer area = Buffer.buffer(browser.read(12));
        browser.read(area.getUnsignedShort(4) * area.getUnsignedShort(6) * 4);
      }
      waits[i] = (System.nanoTime() - began) / 1_000_000;
    }
    Arrays.sort(waits);
    return waits;
  }

  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
  }

  private static RawBrowser open(RunningRelay relay, int number, int buffer) throws Exception {
    String session = UUID.randomUUID().toString();
    relay.grants.put(
        Grants.of(
            Grants.fresh(session, Instant.now()), GUESTS[number % GUESTS.length], ConsoleKind.VNC));
    RawBrowser browser = RawBrowser.open(relay, session, "binary", buffer);
    browser.handshake();
    return browser;
  }

  private static List<RawBrowser> readers(RunningRelay relay) throws Exception {
    List<RawBrowser> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(GUESTS.length)) {
      List<Future<RawBrowser>> opening = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int number = i;
        opening.add(threads.submit(() -> open(relay, number, 16 * 1024)));
      }
      for (Future<RawBrowser> one : opening) {
        all.add(one.get());
      }
    }
    return all;
  }

  private static long sent(RunningRelay relay) {
    return relay.simulator.consoles().stream().mapToLong(Consoles.View::bytesToClient).sum();
  }

  /** Until the network's own buffers are full and only what is read moves on. */
  private static void awaitSteady(RunningRelay relay) {
    AtomicLong before = new AtomicLong();
    Awaitility.await("full buffers")
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> sent(relay) - before.getAndSet(sent(relay)) < 3L * READERS * 50_000);
  }

  @Test
  void manySlowReadersCostLittleAndDisturbNobody() throws Exception {
    try (RunningRelay relay = new RunningRelay(directory, true);
        RawBrowser fast = open(relay, 0, 0)) {
      relay.simulator.guests().still(100, true);
      List<RawBrowser> slow = readers(relay);
      waits(fast);
      long[] alone = waits(fast);
      long before = memory();
      slow.forEach(browser -> Thread.ofVirtual().start(() -> readSlowly(browser)));
      awaitSteady(relay);
      long[] beside = waits(fast);
      long each = (memory() - before) / READERS;
      long queued =
          relay.simulator.consoles().stream()
              .mapToLong(Consoles.View::highestQueueToClient)
              .max()
              .orElseThrow();
      int open = relay.simulator.consoles().size();
      over.set(true);
      for (RawBrowser browser : slow) {
        browser.close();
      }

      int p99 = SAMPLES * 99 / 100 - 1;
      System.out.printf(
          "%d readers at 50 kB/s: %,d KiB each (relay and guest), longest queue at Proxmox %,d"
              + " KiB; a small update beside them p50 %d ms, p99 %d ms (alone %d, %d)%n",
          READERS,
          each / 1024,
          queued / 1024,
          beside[SAMPLES / 2],
          beside[p99],
          alone[SAMPLES / 2],
          alone[p99]);
      assertThat(failed.get()).isNull();
      assertThat(taken.get()).isPositive();
      assertThat(open).isEqualTo(READERS + 1);
      assertThat(each).isLessThan(MOST_BYTES_EACH);
      assertThat(queued).isLessThan(3L * UPDATE_BYTES);
      assertThat(beside[SAMPLES / 2]).isLessThan(Math.max(150, 3 * alone[SAMPLES / 2]));
      assertThat(beside[p99]).isLessThan(Math.max(1500, 10 * alone[p99]));
    }
  }

  @Test
  void aBrowserThatTakesNothingIsClosed() throws Exception {
    try (OpenConsole console = OpenConsole.vnc(directory, SHORT, grant -> grant)) {
      byte[] update = new byte[100_000];
      Instant began = Instant.now();
      flood(console.guest, update);

      assertThat(Duration.between(began, Instant.now())).isGreaterThan(SHORT.stuck());
      assertThat(console.browser.closeCode()).isEqualTo(4103);
    }
  }

  @Test
  void aTerminalThatOutrunsItsBrowserIsClosed() throws Exception {
    try (OpenConsole console = OpenConsole.terminal(directory, SHORT, grant -> grant)) {
      flood(console.guest, "y\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));

      assertThat(console.browser.closeCode()).isEqualTo(4103);
    }
  }

  /** Sends until the relay gives the console up; that it never does is a failure by time. */
  private static void flood(RawConsole guest, byte[] bytes) {
    Instant end = Instant.now().plusSeconds(30);
    try {
      while (Instant.now().isBefore(end)) {
        guest.send(bytes);
      }
    } catch (IOException e) {
      return;
    }
    throw new AssertionError("the relay took everything for half a minute");
  }
}
