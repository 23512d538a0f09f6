// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.bench.load.browser;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** The client's side of RFB 3.8 without authentication, up to and including ServerInit. */
final class Handshake {

  private static final String BANNER = "RFB 003.008\n";
  private static final int INIT = 24;
  private static final int MOST_BYTES = 4096;
  private static final byte[] ONE = {1};

  private enum Step {
    BANNER,
    TYPES,
    RESULT,
    INIT,
    DONE
  }

  private final Consumer<Buffer> send;
  private Buffer in = Buffer.buffer();
  private Step step = Step.BANNER;

  Handshake(Consumer<Buffer> send) {
    this.send = send;
  }

  /**
   * Takes bytes; to be called until it returns true.
   *
   * @return whether ServerInit has come
   * @throws RfbException when it is none
   */
  boolean feed(Buffer data) {
    in.appendBuffer(data);
    if (in.length() > MOST_BYTES) {
      throw new RfbException("a handshake without end");
    }
    Step before;
    do {
      before = step;
      next();
    } while (step != before);
    return step == Step.DONE;
  }

  /** What has come after ServerInit. */
  Buffer rest() {
    return in;
  }

  private void next() {
    switch (step) {
      case BANNER -> banner();
      case TYPES -> types();
      case RESULT -> result();
      case INIT -> init();
      default -> {}
    }
  }

  private void banner() {
    if (has(BANNER.length())) {
      if (!in.getString(0, BANNER.length()).equals(BANNER)) {
        throw new RfbException("no RFB banner");
      }
      taken(BANNER.length(), Step.TYPES);
      send.accept(Buffer.buffer(BANNER));
    }
  }

  private void types() {
    if (has(1) && has(1 + in.getUnsignedByte(0))) {
      if (in.getUnsignedByte(0) != 1 || in.getByte(1) != 1) {
        throw new RfbException("another security type than None");
      }
      taken(2, Step.RESULT);
      send.accept(Buffer.buffer(ONE));
    }
  }

  private void result() {
    if (has(Integer.BYTES)) {
      if (in.getInt(0) != 0) {
        throw new RfbException("refused");
      }
      taken(Integer.BYTES, Step.INIT);
      send.accept(Buffer.buffer(ONE));
    }
  }

  private void init() {
    if (has(INIT) && has(INIT + in.getInt(INIT - Integer.BYTES))) {
      taken(INIT + in.getInt(INIT - Integer.BYTES), Step.DONE);
    }
  }

  private boolean has(int bytes) {
    return in.length() >= bytes;
  }

  private void taken(int bytes, Step next) {
    in = in.getBuffer(bytes, in.length());
    step = next;
  }
}
