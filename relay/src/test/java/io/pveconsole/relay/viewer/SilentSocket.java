// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A browser that takes all and says nothing; for tests that override what they look at. */
class SilentSocket implements BrowserSocket {

  @Override
  public void begin(Events events) {}

  @Override
  public boolean isControlled() {
    return true;
  }

  @Override
  public void control(JsonObject message) {}

  @Override
  public void send(Buffer data) {}

  @Override
  public void add(Buffer data) {}

  @Override
  public void flush() {}

  @Override
  public long queuedBytes() {
    return 0;
  }

  @Override
  public long takenBytes() {
    return 0;
  }

  @Override
  public boolean isBehind() {
    return false;
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public boolean isFlooded() {
    return false;
  }

  @Override
  public void reading(boolean on) {}

  @Override
  public void close(int code, String reason) {}
}
