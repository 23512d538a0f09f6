// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.relay.grants.Grants;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A browser's end of a console's socket, byte by byte: for what no browser sends, for records cut
 * by hand, and for readers that are slow. Blocks; belongs to one thread.
 */
public final class RawBrowser implements RfbClient, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final DataInputStream in;
  private final List<JsonObject> controls = new ArrayList<>();
  private Buffer unread = Buffer.buffer();
  private int closeCode = -1;

  private RawBrowser(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
  }

  /** Uses the link of a session and opens its socket. */
  public static RawBrowser open(RunningRelay relay, String session, String protocol)
      throws Exception {
    return open(relay, session, protocol, 0);
  }

  /** The same with another size of the receive buffer, 0 for the system's. */
  public static RawBrowser open(RunningRelay relay, String session, String protocol, int buffer)
      throws Exception {
    String cookie;
    try (RawBrowser first = new RawBrowser(connect(relay, 0))) {
      cookie = first.redeem(relay, session);
    }
    RawBrowser browser = new RawBrowser(connect(relay, buffer));
    browser.upgrade(relay, session, cookie, protocol);
    return browser;
  }

  private static Socket connect(RunningRelay relay, int buffer) throws Exception {
    Socket plain = new Socket();
    if (buffer > 0) {
      plain.setReceiveBufferSize(buffer);
    }
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(20_000);
    plain.connect(new InetSocketAddress("127.0.0.1", relay.port()));
    if (!relay.origin().startsWith("https")) {
      return plain;
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, new SecureRandom());
    return context.getSocketFactory().createSocket(plain, "localhost", relay.port(), true);
  }

  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private String redeem(RunningRelay relay, String session) throws IOException {
    String body = new JsonObject().put("secret", Grants.SECRET).put("nonce", Grants.NONCE).encode();
    request(
        relay,
        "POST /pve7/c/" + session + "/redeem",
        "Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\nContent-Length: "
            + body.length()
            + "\r\n");
    raw(body.getBytes(StandardCharsets.US_ASCII));
    String head = RawProxmox.head(in);
    return head.lines()
        .filter(line -> line.toLowerCase().startsWith("set-cookie:") && line.contains("access"))
        .map(line -> line.substring("set-cookie:".length()).split(";")[0].strip())
        .findFirst()
        .orElseThrow(() -> new IOException(head));
  }

  private void upgrade(RunningRelay relay, String session, String cookie, String protocol)
      throws IOException {
    request(
        relay,
        "GET /pve7/c/" + session + "/ws",
        "Cookie: "
            + cookie
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(new byte[16])
            + "\r\nSec-WebSocket-Protocol: "
            + protocol
            + "\r\n");
    String head = RawProxmox.head(in);
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException(head);
    }
  }

  private void request(RunningRelay relay, String line, String headers) throws IOException {
    raw(
        (line
                + " HTTP/1.1\r\nHost: localhost:"
                + relay.port()
                + "\r\nOrigin: "
                + relay.origin()
                + "\r\n"
                + headers
                + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** Bytes as they are, in one TLS record if there are less than 16 KiB. */
  public void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  @Override
  public void send(byte[] payload) throws IOException {
    raw(WebSocketFrames.masked(2, payload));
  }

  public void control(String text) throws IOException {
    raw(WebSocketFrames.masked(1, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The next frame of the relay. */
  public WebSocketFrames.Frame frame() throws IOException {
    WebSocketFrames.Frame frame = WebSocketFrames.read(in);
    if (frame.opcode() == 8) {
      closeCode = Buffer.buffer(frame.payload()).getUnsignedShort(0);
    }
    return frame;
  }

  /** The next bytes of the guest; control messages are kept, pings answered. */
  @Override
  public byte[] read(int length) throws IOException {
    while (unread.length() < length) {
      take(frame());
    }
    byte[] taken = unread.getBytes(0, length);
    unread = unread.getBuffer(length, unread.length());
    return taken;
  }

  private void take(WebSocketFrames.Frame frame) throws IOException {
    switch (frame.opcode()) {
      case 0, 2 -> unread.appendBytes(frame.payload());
      case 1 -> controls.add(new JsonObject(Buffer.buffer(frame.payload())));
      case 9 -> raw(WebSocketFrames.masked(10, frame.payload()));
      case 10 -> {
        return;
      }
      default -> throw new IOException("closed with " + closeCode);
    }
  }

  /** Reads until the relay closes; the close code. */
  public int closeCode() throws IOException {
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (closeCode < 0) {
        if (System.nanoTime() > end) {
          throw new IOException("not closed");
        }
        WebSocketFrames.Frame frame = frame();
        if (closeCode < 0) {
          take(frame);
        }
      }
    } catch (java.io.EOFException | java.net.SocketException e) {
      return closeCode;
    }
    return closeCode;
  }

  /** Takes what comes for a while, answering pings. */
  public void attend(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    patience(100);
    while (System.nanoTime() < end) {
      try {
        take(frame());
      } catch (SocketTimeoutException e) {
        continue;
      }
    }
    patience(20_000);
  }

  /** Control messages so far. */
  public List<JsonObject> controls() {
    return controls;
  }

  /** Waits for a control message of a type that was not asked for before, and takes it. */
  public JsonObject controlOf(String type) throws IOException {
    while (true) {
      for (JsonObject message : controls) {
        if (type.equals(message.getString("t"))) {
          controls.remove(message);
          return message;
        }
      }
      take(frame());
    }
  }

  /** Bytes straight from the network, for slow readers; -1 at the end. */
  public int some(byte[] into) throws IOException {
    return in.read(into);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
