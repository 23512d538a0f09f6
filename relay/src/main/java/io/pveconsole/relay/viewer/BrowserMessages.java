// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.rfb.RfbException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads what the browser sends to its console. */
final class BrowserMessages implements BrowserSocket.Events {

  private static final Logger LOG = LoggerFactory.getLogger(BrowserMessages.class);

  private final BrowserSocket browser;
  private final Supplier<@Nullable Console> console;
  private final RfbGreeting greeting;
  private final Closer closer;

  /** Who closes both legs. */
  interface Closer {
    void close(CloseCode code, String reason);
  }

  /**
   * Messages of one browser.
   *
   * @param console the open one; null until it is
   * @param greeting what bytes belong to before it is, if that has begun
   */
  BrowserMessages(
      BrowserSocket browser,
      Supplier<@Nullable Console> console,
      RfbGreeting greeting,
      Closer closer) {
    this.browser = browser;
    this.console = console;
    this.greeting = greeting;
    this.closer = closer;
  }

  @Override
  public void bytes(Buffer data) {
    Console open = console.get();
    if (open != null) {
      open.fromBrowser(data);
    } else if (greeting.isExpected()) {
      greet(data);
    } else {
      broken("bytes before the console is open");
    }
  }

  private void greet(Buffer data) {
    try {
      greeting.feed(data);
    } catch (RfbException e) {
      broken(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void control(JsonObject message) {
    Object type = message.getValue("t");
    Console open = console.get();
    if ("ping".equals(type) && message.getValue("n") instanceof Number n) {
      browser.control(ControlMessages.pong(n));
    } else if ("bye".equals(type)) {
      closer.close(CloseCode.DONE, "");
    } else if ("resize".equals(type)
        && open != null
        && message.getValue("cols") instanceof Number columns
        && message.getValue("rows") instanceof Number rows) {
      open.resize(columns.intValue(), rows.intValue());
    }
  }

  @Override
  public void broken(String what) {
    LOG.atInfo().addKeyValue("error", what).log("the browser broke the protocol");
    closer.close(CloseCode.PROTOCOL_ERROR, "ProtocolError");
  }

  @Override
  public void drained() {
    Console open = console.get();
    if (open != null) {
      open.browserDrained();
    }
  }

  @Override
  public void gone() {
    closer.close(CloseCode.DONE, "BrowserGone");
  }
}
