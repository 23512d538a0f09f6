// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.SocketException;

/** A socket of which the first byte was already read. */
final class PeekedSocket extends Socket {
  private final Socket socket;
  private final int first;

  PeekedSocket(Socket socket, int first) {
    this.socket = socket;
    this.first = first;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    ByteArrayInputStream peeked = new ByteArrayInputStream(new byte[] {(byte) first});
    return new SequenceInputStream(peeked, socket.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    socket.setSoTimeout(timeout);
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    socket.setTcpNoDelay(on);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
