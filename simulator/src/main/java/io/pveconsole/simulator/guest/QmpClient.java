// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks QMP, QEMU's JSON protocol: one command at a time, events skipped. */
final class QmpClient {
  private static final int COLUMNS = 80;
  private static final int ROWS = 25;
  private static final Pattern BYTE = Pattern.compile("0x([0-9a-f]{2})\\b");

  private final ObjectMapper mapper = new ObjectMapper();
  private final BufferedReader in;
  private final OutputStream out;

  private QmpClient(SocketChannel socket) {
    in = new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8));
    out = Channels.newOutputStream(socket);
  }

  /** Connects as soon as the socket is there, while the process lives. */
  static QmpClient connect(Path path, Process process, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        QmpClient client = new QmpClient(SocketChannel.open(UnixDomainSocketAddress.of(path)));
        client.next();
        client.run(client.mapper.createObjectNode().put("execute", "qmp_capabilities"));
        return client;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw e;
        }
        pause();
      }
    }
  }

  synchronized void vncPassword(String password, Duration life) throws IOException {
    ObjectNode set = mapper.createObjectNode().put("execute", "set_password");
    set.putObject("arguments").put("protocol", "vnc").put("password", password);
    run(set);
    ObjectNode expire = mapper.createObjectNode().put("execute", "expire_password");
    expire.putObject("arguments").put("protocol", "vnc").put("time", "+" + life.toSeconds());
    run(expire);
  }

  /** The VGA text memory as lines. */
  synchronized String textScreen() throws IOException {
    ObjectNode dump = mapper.createObjectNode().put("execute", "human-monitor-command");
    int bytes = COLUMNS * ROWS * 2;
    dump.putObject("arguments").put("command-line", "xp /" + bytes + "xb 0xb8000");
    StringBuilder cells = new StringBuilder();
    Matcher matcher = BYTE.matcher(run(dump).asText());
    for (int i = 0; matcher.find(); i++) {
      int value = Integer.parseInt(matcher.group(1), 16);
      if (i % 2 == 0) {
        cells.append(value < 0x20 || value > 0x7e ? ' ' : (char) value);
      }
    }
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at + COLUMNS <= cells.length(); at += COLUMNS) {
      lines.append(cells.substring(at, at + COLUMNS).stripTrailing()).append('\n');
    }
    return lines.toString().stripTrailing() + "\n";
  }

  private JsonNode run(ObjectNode command) throws IOException {
    out.write(mapper.writeValueAsBytes(command));
    out.write('\n');
    out.flush();
    while (true) {
      JsonNode answer = next();
      if (answer.has("return")) {
        return answer.get("return");
      }
      if (answer.has("error")) {
        throw new IOException("QEMU: " + answer.path("error").path("desc").asText());
      }
    }
  }

  private JsonNode next() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("QEMU closed its monitor");
    }
    return mapper.readTree(line);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
