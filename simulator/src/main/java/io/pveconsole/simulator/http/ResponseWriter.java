// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes answers with pveproxy's headers. */
final class ResponseWriter {
  private static final int MIN_TO_COMPRESS = 1024;

  private final OutputStream out;
  private final Clock clock;

  ResponseWriter(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Writes an answer.
   *
   * @param coding {@code gzip}, {@code deflate} or empty; used for bodies over 1 KiB only
   */
  void answer(Reply.Answer answer, boolean keepAlive, String coding) throws IOException {
    String json = answer.json();
    byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = start(answer.status(), answer.reason());
    if (!coding.isEmpty() && body.length > MIN_TO_COMPRESS) {
      body = compressed(body, coding);
      head.append("Content-Encoding: ").append(coding).append("\r\n");
    }
    head.append("Cache-Control: max-age=0\r\n");
    if (answer.fromDaemon() && keepAlive) {
      head.append("Connection: close\r\nConnection: Keep-Alive\r\n");
    } else {
      head.append(keepAlive ? "Connection: Keep-Alive\r\n" : "Connection: close\r\n");
    }
    common(head);
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
      head.append("Content-Type: application/json;charset=UTF-8\r\n");
    }
    finish(head, body);
  }

  void redirect(Reply.Redirect redirect) throws IOException {
    StringBuilder head = start(redirect.status(), redirect.reason());
    head.append("Connection: close\r\n");
    common(head);
    head.append("Location: ").append(redirect.location()).append("\r\n");
    finish(head, new byte[0]);
  }

  void upgrade(Reply.Upgrade upgrade) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    head.append("Upgrade: websocket\r\nConnection: upgrade\r\n");
    head.append("Sec-WebSocket-Accept: ").append(upgrade.acceptKey()).append("\r\n");
    if (!upgrade.protocol().isEmpty()) {
      head.append("Sec-WebSocket-Protocol: ").append(upgrade.protocol()).append("\r\n");
    }
    finish(head, new byte[0]);
  }

  private static byte[] compressed(byte[] body, String coding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packer =
        coding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      packer.write(body);
    }
    return out.toByteArray();
  }

  private StringBuilder start(int status, String reason) {
    return new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
  }

  private void common(StringBuilder head) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
    head.append("Date: ").append(date).append("\r\nPragma: no-cache\r\n");
    head.append("Server: pve-api-daemon/3.0\r\nExpires: ").append(date).append("\r\n");
  }

  private void finish(StringBuilder head, byte[] body) throws IOException {
    byte[] text = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[text.length + body.length];
    System.arraycopy(text, 0, all, 0, text.length);
    System.arraycopy(body, 0, all, text.length, body.length);
    out.write(all);
    out.flush();
  }
}
