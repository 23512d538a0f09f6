// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay;

import io.pveconsole.simulator.tls.CertificateAuthority;
import io.pveconsole.simulator.tls.NodeCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A Proxmox that is healthy up to the WebSocket and from there on sends exactly the bytes that a
 * test wants, record by record: virtual machine 100 and container 200, any credential.
 */
public final class RawProxmox implements AutoCloseable {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final SSLServerSocket server;
  private final String fingerprint;
  private final Serving serving;
  private final BlockingQueue<RawConsole> handed = new LinkedBlockingQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Throwable failure;

  /** What a test does with an open console; its end closes the connection. */
  public interface Serving {
    void serve(RawConsole console) throws Exception;
  }

  /** Hands each console to whoever calls {@link #next()}. */
  public RawProxmox() throws Exception {
    this(null);
  }

  public RawProxmox(Serving serving) throws Exception {
    this.serving = serving == null ? this::handOver : serving;
    CertificateAuthority authority = new CertificateAuthority(Instant.now());
    NodeCertificate own =
        authority.issueFor("pve1", InetAddress.getLoopbackAddress(), Instant.now());
    fingerprint =
        HexFormat.ofDelimiter(":")
            .withUpperCase()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(own.leaf().getEncoded()));
    server =
        (SSLServerSocket)
            context(own)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void handOver(RawConsole console) throws InterruptedException {
    handed.add(console);
    console.awaitDone();
  }

  /** The next console that the relay opens. */
  public RawConsole next() throws InterruptedException {
    RawConsole console = handed.poll(20, TimeUnit.SECONDS);
    if (console == null) {
      throw new AssertionError("no console was opened", failure);
    }
    return console;
  }

  /** Whether the relay has opened a console that nobody took. */
  public boolean isAsked() {
    return !handed.isEmpty();
  }

  private static SSLContext context(NodeCertificate own) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("k", own.key(), new char[0], new Certificate[] {own.leaf()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  public String url() {
    return "https://127.0.0.1:" + server.getLocalPort();
  }

  public String fingerprint() {
    return fingerprint;
  }

  /** What went wrong while serving, null when nothing did. */
  public Throwable failure() {
    return failure;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException e) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      while (true) {
        String head = head(in);
        String path = head.split(" ", 3)[1].replaceFirst("^/api2/json", "").replaceAll("\\?.*", "");
        if (path.endsWith("/vncwebsocket")) {
          out.write(upgrade(head));
          serving.serve(new RawConsole(socket));
          return;
        }
        body(in, head);
        byte[] data = ("{\"data\":" + answer(path) + "}").getBytes(StandardCharsets.UTF_8);
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Length: " + data.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(data);
      }
    } catch (EOFException e) {
      return;
    } catch (Exception | AssertionError e) {
      failure = e;
    } finally {
      open.remove(socket);
    }
  }

  private static String answer(String path) {
    return switch (path) {
      case "/cluster/resources" ->
          "[{\"vmid\":100,\"type\":\"qemu\",\"node\":\"pve1\",\"status\":\"running\"},"
              + "{\"vmid\":200,\"type\":\"lxc\",\"node\":\"pve1\",\"status\":\"running\"}]";
      case "/access/permissions" ->
          "{\"/vms/100\":{\"VM.Console\":1,\"VM.Audit\":1},"
              + "\"/vms/200\":{\"VM.Console\":1,\"VM.Audit\":1}}";
      case "/version" -> "{\"version\":\"9.2.11\",\"release\":\"9.2\",\"repoid\":\"1\"}";
      default ->
          path.endsWith("proxy")
              ? "{\"port\":\"5900\",\"ticket\":\"t\",\"password\":\"secret12\",\"user\":\"a@pve\","
                  + "\"upid\":\"UPID:pve1:1:2:3:vncproxy:100:a@pve:\"}"
              : path.endsWith("/status/current")
                  ? "{\"status\":\"running\",\"name\":\"raw\"}"
                  : "{\"smbios1\":\"uuid=a\",\"serial0\":\"socket\"}";
    };
  }

  private static byte[] upgrade(String head) throws Exception {
    String key = header(head, "Sec-WebSocket-Key");
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
    return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(digest)
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      head.append((char) c);
    }
    return head.toString();
  }

  static byte[] body(InputStream in, String head) throws IOException {
    String length = header(head, "Content-Length");
    return length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
  }

  static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
