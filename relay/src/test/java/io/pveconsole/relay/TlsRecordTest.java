// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pveconsole.relay.grants.Grants;
import io.pveconsole.relay.proxmox.TlsEngine;
import io.pveconsole.relay.web.TestCertificate;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two small frames in one TLS record, then silence: what a polling client behind a TLS proxy gets
 * half of until the next key. Each side sends only after it has everything of the other, so bytes
 * that wait for the next record are never delivered and the read fails.
 */
class TlsRecordTest {

  private static final int ROUNDS = 100_000;
  private static final int CONNECTIONS = 8;
  private static final int SMALL = 3;
  private static final int REST = 147;
  private static final int PATIENCE_MILLIS = 10_000;

  @TempDir Path directory;

  /** Fifteen requests for one pixel: whole RFB messages, but not at the border of the frames. */
  private static byte[] requests() {
    Buffer all = Buffer.buffer();
    for (int i = 0; i < (SMALL + REST) / 10; i++) {
      all.appendInt(0x03010000).appendInt(i).appendUnsignedShort(0x0101);
    }
    return all.getBytes();
  }

  private static byte[] cut(byte[] payload, boolean masked) {
    Buffer all = Buffer.buffer(payload);
    return Buffer.buffer()
        .appendBytes(WebSocketFrames.frame(0x82, all.getBytes(0, SMALL), masked))
        .appendBytes(WebSocketFrames.frame(0x82, all.getBytes(SMALL, SMALL + REST), masked))
        .getBytes();
  }

  private static void guest(RawConsole console) throws IOException {
    console.display("raw");
    console.patience(PATIENCE_MILLIS);
    byte[] wanted = requests();
    for (int i = 0; i < ROUNDS / CONNECTIONS; i++) {
      byte[] update = new byte[SMALL + REST];
      update[0] = (byte) i;
      update[SMALL + REST - 1] = (byte) (i >> 8);
      console.record(cut(update, false));
      assertThat(late(i, () -> console.read(SMALL + REST))).isEqualTo(wanted);
    }
  }

  private static Long viewer(RunningRelay relay, String session) throws Exception {
    long slowest = 0;
    try (RawBrowser browser = RawBrowser.open(relay, session, "binary")) {
      browser.handshake();
      browser.patience(PATIENCE_MILLIS);
      byte[] record = cut(requests(), true);
      for (int i = 0; i < ROUNDS / CONNECTIONS; i++) {
        long began = System.nanoTime();
        byte[] update = late(i, () -> browser.read(SMALL + REST));
        slowest = Math.max(slowest, System.nanoTime() - began);
        assertThat(update[0]).isEqualTo((byte) i);
        assertThat(update[SMALL + REST - 1]).isEqualTo((byte) (i >> 8));
        browser.raw(record);
      }
    }
    return slowest;
  }

  private static byte[] late(int round, Callable<byte[]> read) throws IOException {
    try {
      return read.call();
    } catch (SocketTimeoutException e) {
      throw new IOException("round " + round + " is late", e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void deliversAllOfARecordAtOnce(TlsEngine engine) throws Exception {
    TestCertificate.make(directory, "localhost").write(directory.resolve("tls"));
    try (RawProxmox proxmox = new RawProxmox(TlsRecordTest::guest);
        RunningRelay relay =
            new RunningRelay(
                directory,
                true,
                RunningRelay.Setup.usual()
                    .at(proxmox.url(), proxmox.fingerprint())
                    .encrypted(engine));
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      Instant began = Instant.now();
      List<Future<Long>> viewers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        String session = UUID.randomUUID().toString();
        relay.grants.put(Grants.fresh(session, Instant.now()));
        viewers.add(threads.submit(() -> viewer(relay, session)));
      }
      long slowest = 0;
      for (Future<Long> viewer : viewers) {
        slowest = Math.max(slowest, viewer.get(3, TimeUnit.MINUTES));
      }
      System.out.printf(
          "%s: %,d rounds of %d + %d bytes each way in %,d ms, none late, slowest %,d ms%n",
          engine,
          ROUNDS,
          SMALL,
          REST,
          Duration.between(began, Instant.now()).toMillis(),
          TimeUnit.NANOSECONDS.toMillis(slowest));
      assertThat(proxmox.failure()).isNull();
    }
  }
}
