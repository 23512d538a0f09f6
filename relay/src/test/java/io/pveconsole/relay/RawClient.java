// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that writes what it likes. */
public final class RawClient implements AutoCloseable {

  private final Socket socket;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
  }

  public RawClient write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** What the server says until it closes, or until the time is over. */
  public byte[] readToEnd(Duration limit) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    long end = System.nanoTime() + limit.toNanos();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      for (; ; ) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new SocketTimeoutException("still open");
        }
        socket.setSoTimeout(Math.toIntExact(left));
        int length = in.read(buffer);
        if (length < 0) {
          return said.toByteArray();
        }
        said.write(buffer, 0, length);
      }
    } catch (SocketTimeoutException e) {
      throw new IOException("still open after " + limit + ", said " + said, e);
    } catch (java.net.SocketException e) {
      return said.toByteArray();
    }
  }

  public String textToEnd(Duration limit) throws IOException {
    return new String(readToEnd(limit), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
