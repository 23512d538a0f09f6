// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.pveconsole.simulator.tls.CertificateAuthority;
import io.pveconsole.simulator.tls.NodeCertificate;
import io.pveconsole.simulator.tls.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An endpoint that answers exactly as a test says, for what a faithful simulator never does. */
final class FakeProxmox implements AutoCloseable {

  static final String NODE = "pve1";

  private final CertificateAuthority authority = new CertificateAuthority(Instant.now());
  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Script script = new Script() {};

  /**
   * A request as it came.
   *
   * @param port the client's, which tells connections apart
   */
  record Request(
      String line, String body, String host, String serverName, String cookie, int port) {}

  /** What is answered; a healthy Proxmox unless overridden. */
  interface Script {
    /** An answer of the API; may be overridden per path. */
    default void api(HttpServerRequest request, String path) {
      if (path.equals("/cluster/resources")) {
        data(
            request,
            "[{\"vmid\":\"100\",\"type\":\"qemu\",\"node\":\"pve1\",\"status\":\"running\"}]");
      } else if (path.equals("/access/permissions")) {
        data(request, "{\"/vms/100\":{\"VM.Console\":1,\"VM.Audit\":1}}");
      } else if (path.endsWith("/config")) {
        data(request, "{\"smbios1\":\"uuid=a\"}");
      } else if (path.endsWith("/status/current")) {
        data(request, "{\"status\":\"running\",\"name\":\"web\"}");
      } else if (path.endsWith("/vncproxy")) {
        vncproxy(request);
      } else if (path.endsWith("/vncwebsocket")) {
        websocket(request);
      } else if (path.equals("/access/ticket")) {
        data(request, "{\"ticket\":\"PVE:a@pve:00::+/=\",\"CSRFPreventionToken\":\"00:x\"}");
      } else {
        fail(request, 501, "no such path");
      }
    }

    default void vncproxy(HttpServerRequest request) {
      data(
          request,
          "{\"port\":\"5900\",\"ticket\":\"a%+:;=&#?/!\",\"password\":\"p\",\"user\":\"a@pve\","
              + "\"upid\":\"UPID:pve1:1:2:3:vncproxy:100:a@pve:\"}");
    }

    default void websocket(HttpServerRequest request) {
      request.toWebSocket().onSuccess(this::connected);
    }

    default void connected(ServerWebSocket socket) {}
  }

  FakeProxmox(Vertx vertx) {
    NodeCertificate certificate =
        authority.issueFor(NODE, InetAddress.getLoopbackAddress(), Instant.now());
    server =
        Await.value(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setSsl(true)
                        .setSni(false)
                        .setMaxWebSocketFrameSize(Frames.MAX_PAYLOAD)
                        .setMaxWebSocketMessageSize(Frames.MAX_PAYLOAD)
                        .setKeyCertOptions(
                            new PemKeyCertOptions()
                                .setCertValue(Buffer.buffer(Pem.certificate(certificate.leaf())))
                                .setKeyValue(Buffer.buffer(key(certificate)))))
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1"));
  }

  void script(Script next) {
    script = next;
  }

  List<Request> requests() {
    return requests;
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  ProxmoxSettings settings(String host, Credentials credentials) {
    return new ProxmoxSettings(
        List.of(ProxmoxEndpoint.of("https://" + host + ":" + server.actualPort())),
        new Trust.CaBundle(Pem.certificate(authority.certificate())),
        null,
        credentials,
        Clusters.LIMITS);
  }

  ProxmoxSettings settings() {
    return settings("127.0.0.1", new Credentials.ApiToken("a@pve!t", Secret.of("s")));
  }

  private void handle(HttpServerRequest request) {
    String path = request.path().replaceFirst("^/api2/json", "");
    Consumer<String> note =
        body ->
            requests.add(
                new Request(
                    request.method() + " " + request.uri(),
                    body,
                    request.getHeader("Host"),
                    String.valueOf(request.connection().indicatedServerName()),
                    String.valueOf(request.getHeader("Cookie")),
                    request.remoteAddress().port()));
    if (request.headers().contains("Upgrade")) {
      note.accept("");
      script.api(request, path);
    } else {
      request
          .body()
          .onSuccess(
              body -> {
                note.accept(body.toString());
                script.api(request, path);
              });
    }
  }

  static void data(HttpServerRequest request, String json) {
    request.response().end("{\"data\":" + json + "}");
  }

  static void fail(HttpServerRequest request, int status, String reason) {
    request.response().setStatusCode(status).setStatusMessage(reason).end();
  }

  private static String key(NodeCertificate certificate) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.key().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Override
  public void close() {
    Await.value(server.close());
  }
}
