// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Another program at QEMU's own VNC server: no relay, no Proxmox and no policy between. */
final class QemuClient implements RfbClient, AutoCloseable {

  private final SocketChannel socket;
  private final Selector selector;
  private int patience = 20_000;

  QemuClient(Path server) throws IOException {
    socket = SocketChannel.open(UnixDomainSocketAddress.of(server));
    selector = Selector.open();
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ);
  }

  @Override
  public void send(byte[] data) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(data);
    while (out.hasRemaining()) {
      socket.write(out);
    }
  }

  @Override
  public byte[] read(int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      int count = socket.read(in);
      if (count < 0) {
        throw new IOException("QEMU closed");
      }
      if (count == 0) {
        selector.selectedKeys().clear();
        if (selector.select(patience) == 0) {
          throw new SocketTimeoutException("QEMU is silent");
        }
      }
    }
    return in.array();
  }

  @Override
  public void patience(int millis) {
    patience = millis;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    socket.close();
  }
}
