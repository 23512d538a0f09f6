// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/**
 * A console opened as a relay opens it: vncproxy, then the WebSocket; gives the bytes and keeps
 * count of frames.
 */
final class Console implements AutoCloseable {
  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final List<String> head;
  final JsonNode proxy;
  final List<Integer> frameSizes = new ArrayList<>();
  private byte[] frame = new byte[0];
  private int at;

  private Console(SSLSocket socket, DataInputStream in, List<String> head, JsonNode proxy)
      throws IOException {
    this.socket = socket;
    this.in = in;
    this.out = socket.getOutputStream();
    this.head = head;
    this.proxy = proxy;
  }

  static Console open(Http http, int vmid) throws Exception {
    return open(http, "qemu/" + vmid, Map.of("websocket", "1", "generate-password", "1"));
  }

  static Console open(Http http, String guest, Map<String, String> form) throws Exception {
    JsonNode proxy = proxy(http, guest, "vncproxy", form);
    return attach(http, guest, proxy, "Sec-WebSocket-Protocol: binary\r\n");
  }

  static JsonNode proxy(Http http, String guest, String call, Map<String, String> form)
      throws Exception {
    String node = http.simulator().guest(Integer.parseInt(guest.split("/")[1])).node();
    Http.Answer answer = http.post("nodes/" + node + "/" + guest + "/" + call, new HashMap<>(form));
    if (answer.status() != 200) {
      throw new IOException(answer.status() + " " + answer.reason());
    }
    return answer.data();
  }

  static String path(Http http, String guest, JsonNode proxy) {
    String node = http.simulator().guest(Integer.parseInt(guest.split("/")[1])).node();
    return "nodes/"
        + node
        + "/"
        + guest
        + "/vncwebsocket?port="
        + proxy.get("port").asText()
        + "&vncticket="
        + Http.encode(proxy.get("ticket").asText());
  }

  static Console attach(Http http, String guest, JsonNode proxy, String headers) throws Exception {
    SSLSocket socket = http.connect();
    String request =
        "GET /api2/json/"
            + path(http, guest, proxy)
            + " HTTP/1.1\r\nHost: pve.test\r\n"
            + http.credentials()
            + "Upgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + headers
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    DataInputStream in = new DataInputStream(socket.getInputStream());
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("closed instead of an answer: " + text);
      }
      text.append((char) c);
    }
    List<String> head = text.toString().lines().toList();
    if (!head.getFirst().startsWith("HTTP/1.1 101")) {
      throw new IOException(head.getFirst());
    }
    return new Console(socket, in, head, proxy);
  }

  List<String> head() {
    return head;
  }

  void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  String password() {
    return (proxy.has("password") ? proxy.get("password") : proxy.get("ticket")).asText();
  }

  void write(byte[] bytes) throws IOException {
    frame(0x82, bytes);
  }

  void frame(int first, byte[] payload) throws IOException {
    rawFrame(first, 0x80, payload.length, payload);
  }

  void rawFrame(int first, int maskBit, long announced, byte[] payload) throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    java.io.DataOutputStream data = new java.io.DataOutputStream(bytes);
    data.writeByte(first);
    if (announced < 126) {
      data.writeByte((int) announced | maskBit);
    } else if (announced < 65536) {
      data.writeByte(126 | maskBit);
      data.writeShort((int) announced);
    } else {
      data.writeByte(127 | maskBit);
      data.writeLong(announced);
    }
    byte[] mask = {11, 22, 33, 44};
    if (maskBit != 0) {
      data.write(mask);
    }
    for (int i = 0; i < payload.length; i++) {
      data.writeByte(maskBit != 0 ? payload[i] ^ mask[i & 3] : payload[i]);
    }
    out.write(bytes.toByteArray());
    out.flush();
  }

  byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    int got = 0;
    while (got < length) {
      if (at == frame.length) {
        nextFrame(2);
      }
      int some = Math.min(length - got, frame.length - at);
      System.arraycopy(frame, at, bytes, got, some);
      at += some;
      got += some;
    }
    return bytes;
  }

  /** Reads a whole frame; its opcode must be as expected, it must be final and unmasked. */
  byte[] nextFrame(int opcode) throws IOException {
    int first = in.readUnsignedByte();
    if (first != (0x80 | opcode)) {
      throw new IOException("unexpected frame " + Integer.toHexString(first));
    }
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    if (opcode == 2) {
      frameSizes.add(payload.length);
      frame = payload;
      at = 0;
    }
    return payload;
  }

  /** Reads until the server ends the connection; returns how many bytes still came. */
  int drain() throws IOException {
    AtomicInteger bytes = new AtomicInteger();
    byte[] buffer = new byte[65536];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes.addAndGet(n);
    }
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
