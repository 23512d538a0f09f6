// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.rfb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Gathers a message and passes it on whole when flushed. */
final class MessageBuffer extends OutputStream {
  private final OutputStream out;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream(8192);

  MessageBuffer(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    message.write(b);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    message.write(from, offset, length);
  }

  @Override
  public void flush() throws IOException {
    byte[] whole = message.toByteArray();
    message.reset();
    out.write(whole);
  }
}
