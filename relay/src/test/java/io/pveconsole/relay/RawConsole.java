// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Proxmox's end of one console, after the upgrade. Blocks; belongs to one thread. */
public final class RawConsole implements AutoCloseable {

  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int CHALLENGE = 16;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final CountDownLatch done = new CountDownLatch(1);
  private Buffer unread = Buffer.buffer();

  RawConsole(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
    socket.setSoTimeout(20_000);
  }

  void awaitDone() throws InterruptedException {
    done.await();
  }

  @Override
  public void close() throws IOException {
    done.countDown();
    socket.close();
  }

  /** How long a read waits before it fails. */
  public void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Bytes as they are, in one TLS record if there are less than 16 KiB. */
  public void record(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Payload in one frame. */
  public void send(byte[] payload) throws IOException {
    record(WebSocketFrames.unmasked(2, payload));
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next bytes of the relay's payload. */
  public byte[] read(int length) throws IOException {
    while (unread.length() < length) {
      WebSocketFrames.Frame frame = WebSocketFrames.read(in);
      if (frame.opcode() == 8) {
        throw new EOFException("closed by the relay");
      }
      if (frame.opcode() == PING) {
        record(WebSocketFrames.unmasked(PONG, frame.payload()));
      } else if (frame.opcode() == 2) {
        unread.appendBytes(frame.payload());
      } else {
        throw new IOException("a frame of kind " + frame.opcode());
      }
    }
    byte[] taken = unread.getBytes(0, length);
    unread = unread.getBuffer(length, unread.length());
    return taken;
  }

  /** Answers the relay's pings until it has closed, or has been silent for the patience. */
  public void answerPings() throws IOException {
    try {
      while (true) {
        read(1);
      }
    } catch (EOFException | SocketTimeoutException e) {
      unread = Buffer.buffer();
    }
  }

  /** Waits until the relay closes; returns all payload until then. */
  public byte[] readToEnd() throws IOException {
    Buffer all = unread;
    try {
      while (true) {
        WebSocketFrames.Frame frame = WebSocketFrames.read(in);
        if (frame.opcode() == 8) {
          return all.getBytes();
        }
        if (frame.opcode() == 2) {
          all.appendBytes(frame.payload());
        }
      }
    } catch (EOFException e) {
      return all.getBytes();
    }
  }

  /** RFB 3.8 with VNC authentication, up to a ServerInit with the given name. */
  public void display(String name) throws IOException {
    login();
    read(1);
    send(serverInit(name));
  }

  /** The part of it that comes before ClientInit. */
  public void login() throws IOException {
    send("RFB 003.008\n");
    read(12 + 1);
    send(new byte[] {1, 2});
    send(new byte[CHALLENGE]);
    read(CHALLENGE);
    send(new byte[4]);
  }

  public static byte[] serverInit(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendUnsignedShort(64)
        .appendUnsignedShort(48)
        .appendBytes(new byte[16])
        .appendInt(text.length)
        .appendBytes(text)
        .getBytes();
  }
}
