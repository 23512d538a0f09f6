// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.terminal;

import io.pveconsole.simulator.console.ConsoleChannel;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The termproxy protocol: {@code AUTHID:TICKET\n}, answered {@code OK}; then {@code 0:LEN:DATA},
 * {@code 1:COLS:ROWS:} and {@code 2} upwards, raw bytes downwards. Source: pve-xtermjs
 * termproxy/src/main.rs.
 */
public final class TermSession {
  private static final Logger LOG = LoggerFactory.getLogger(TermSession.class);
  private static final int MAX_LOGIN = 1024;
  private static final int MAX_DATA = 64 * 1024;

  private final ConsoleChannel channel;
  private final SharedShell shell;
  private final Predicate<String> login;
  private final Consumer<String> log;
  private final Utf8Stream typed = new Utf8Stream();

  /**
   * A session.
   *
   * @param login decides on the first line, without its newline
   * @param log is told of sizes and pings, which the shell does not show
   */
  public TermSession(
      ConsoleChannel channel, SharedShell shell, Predicate<String> login, Consumer<String> log) {
    this.channel = channel;
    this.shell = shell;
    this.login = login;
    this.log = log;
  }

  /** Blocks until the console ends. */
  public void run() {
    Consumer<String> viewer = this::show;
    try {
      DataInputStream in = new DataInputStream(channel.toGuest().in());
      if (!login.test(until(in, '\n', MAX_LOGIN))) {
        return;
      }
      send("OK");
      shell.join(viewer);
      while (true) {
        message(in);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("terminal ended");
    } finally {
      shell.leave(viewer);
      channel.close();
    }
  }

  private void message(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    switch (type) {
      case '0' -> {
        expectColon(in);
        int length = number(until(in, ':', 8));
        if (length > MAX_DATA) {
          throw new IOException("too much data at once");
        }
        byte[] data = in.readNBytes(length);
        shell.input(typed.decode(data));
      }
      case '1' -> {
        expectColon(in);
        int columns = number(until(in, ':', 6));
        int rows = number(until(in, ':', 6));
        log.accept("terminal " + columns + "x" + rows);
      }
      case '2' -> log.accept("terminal ping");
      default -> throw new IOException("unknown message type " + type);
    }
  }

  private void show(String output) {
    try {
      send(output);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("terminal viewer gone");
    }
  }

  private void send(String text) throws IOException {
    OutputStream out = channel.toClient().out();
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void expectColon(DataInputStream in) throws IOException {
    if (in.readUnsignedByte() != ':') {
      throw new IOException("colon expected");
    }
  }

  private static int number(String text) throws IOException {
    if (!text.matches("\\d{1,6}")) {
      throw new IOException("number expected");
    }
    return Integer.parseInt(text);
  }

  private static String until(DataInputStream in, char end, int limit) throws IOException {
    StringBuilder text = new StringBuilder();
    int c = in.read();
    while (c != end) {
      if (c < 0) {
        throw new EOFException();
      }
      if (text.length() >= limit) {
        throw new IOException("message too long");
      }
      text.append((char) c);
      c = in.read();
    }
    return text.toString();
  }
}
