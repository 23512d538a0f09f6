// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.websocket;

import io.pveconsole.simulator.console.ConsoleChannel;
import io.pveconsole.simulator.http.Reply;
import io.pveconsole.simulator.http.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies between an upgraded connection and a console: unfragmented binary frames cut at odd
 * places, no pings, no close frame ever.
 */
public final class WebSocketBridge implements Reply.Takeover {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketBridge.class);

  private final ConsoleChannel channel;
  private final FrameCutter cutter;
  private final boolean badFrameKillsWorker;
  private final OptionalLong dropAfter;
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * A bridge for one console.
   *
   * @param badFrameKillsWorker as without libev-perl; otherwise the connection stays open but deaf
   * @param dropAfter number of bytes to the client after which the connection is cut
   */
  public WebSocketBridge(
      ConsoleChannel channel, long seed, boolean badFrameKillsWorker, OptionalLong dropAfter) {
    this.channel = channel;
    this.cutter = new FrameCutter(seed);
    this.badFrameKillsWorker = badFrameKillsWorker;
    this.dropAfter = dropAfter;
  }

  @Override
  public void run(InputStream in, OutputStream out, Worker worker) throws IOException {
    Thread down = Thread.ofVirtual().name("console-down").start(() -> copyToClient(out));
    try {
      copyToGuest(new FrameReader(in), out);
    } catch (BadFrame e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("bad frame");
      if (badFrameKillsWorker) {
        worker.die();
      } else {
        deaf(down);
      }
    } finally {
      channel.close();
      out.close();
    }
  }

  private void copyToGuest(FrameReader frames, OutputStream out) throws IOException, BadFrame {
    OutputStream guest = channel.toGuest().out();
    while (true) {
      FrameReader.Frame frame = frames.next();
      switch (frame.opcode()) {
        case 1, 2 -> guest.write(frame.payload());
        case 9 -> send(out, 0x8a, frame.payload(), frame.payload().length);
        case 8 -> {
          return;
        }
        default -> LOG.trace("pong");
      }
    }
  }

  private void copyToClient(OutputStream out) {
    byte[] buffer = new byte[FrameCutter.MAX_PAYLOAD];
    long sent = 0;
    try (out) {
      InputStream guest = channel.toClient().in();
      int length = guest.read(buffer, 0, cutter.next());
      while (length >= 0 && (dropAfter.isEmpty() || sent < dropAfter.getAsLong())) {
        send(out, 0x82, buffer, length);
        sent += length;
        length = guest.read(buffer, 0, cutter.next());
      }
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("client gone");
    } finally {
      channel.close();
    }
  }

  private void send(OutputStream out, int first, byte[] payload, int length) throws IOException {
    int extended = length < 126 ? 0 : length < 65536 ? 2 : 8;
    byte[] frame = new byte[2 + extended + length];
    frame[0] = (byte) first;
    frame[1] = (byte) (extended == 0 ? length : extended == 2 ? 126 : 127);
    for (int i = 0; i < extended; i++) {
      frame[1 + extended - i] = (byte) (i < 4 ? length >>> (8 * i) : 0);
    }
    System.arraycopy(payload, 0, frame, 2 + extended, length);
    writing.lock();
    try {
      out.write(frame);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  private static void deaf(Thread down) {
    try {
      down.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
