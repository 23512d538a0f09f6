// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As much of a Proxmox as the opening of a console asks for, on a loopback port. */
final class StandInProxmox {

  /** How many guests there are; their VMIDs begin with {@link #FIRST_VMID}. */
  static final int GUESTS = 8;

  static final int FIRST_VMID = 101;

  private static final Logger LOG = LoggerFactory.getLogger(StandInProxmox.class);
  private static final Pattern GUEST = Pattern.compile("/api2/json/nodes/warm/qemu/(\\d+)/(.+)");
  private static final int FIRST_PORT = 5900;
  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

  private StandInProxmox() {}

  static Future<HttpServer> listen(Vertx vertx, LoopbackCertificate certificate, TlsEngine engine) {
    HttpServerOptions options = new HttpServerOptions();
    options.setSsl(true).setKeyCertOptions(certificate.forServer());
    options.setSslEngineOptions(engine.options());
    return vertx
        .createHttpServer(options)
        .requestHandler(StandInProxmox::answer)
        .listen(0, "127.0.0.1");
  }

  private static void answer(HttpServerRequest request) {
    if (request.path().endsWith("/vncwebsocket")) {
      request
          .toWebSocket()
          .onSuccess(StandInDisplay::new)
          .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("upgrade failed"));
      return;
    }
    request
        .body()
        .compose(
            body ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json;charset=UTF-8")
                    .end(new JsonObject().put("data", data(request)).encode()))
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("answer not sent"));
  }

  private static Object data(HttpServerRequest request) {
    Matcher guest = GUEST.matcher(request.path());
    if (guest.matches()) {
      return guest(Integer.parseInt(guest.group(1)), guest.group(2));
    }
    return switch (request.path()) {
      case "/api2/json/cluster/resources" -> inventory();
      case "/api2/json/access/permissions" -> permissions();
      default -> new JsonObject().put("version", "9.0").put("release", "9.0");
    };
  }

  private static JsonArray inventory() {
    JsonArray all = new JsonArray();
    for (int vmid = FIRST_VMID; vmid < FIRST_VMID + GUESTS; vmid++) {
      all.add(
          new JsonObject()
              .put("id", "qemu/" + vmid)
              .put("type", "qemu")
              .put("vmid", vmid)
              .put("node", "warm")
              .put("name", "warm-" + vmid)
              .put("status", "running")
              .put("template", 0));
    }
    return all;
  }

  private static JsonObject permissions() {
    JsonObject all = new JsonObject();
    for (int vmid = FIRST_VMID; vmid < FIRST_VMID + GUESTS; vmid++) {
      all.put("/vms/" + vmid, new JsonObject().put("VM.Console", 1).put("VM.Audit", 1));
    }
    return all;
  }

  /** Of three guests one is told by its name alone, one by its configuration, one by its run. */
  private static JsonObject guest(int vmid, String call) {
    JsonObject data = new JsonObject().put("name", "warm-" + vmid).put("vmid", vmid);
    return switch (call) {
      case "config" ->
          vmid % 3 == 0
              ? data.put("vga", "std")
              : data.put("smbios1", "uuid=00000000-0000-4000-8000-000000000" + vmid);
      case "status/current" ->
          data.put("status", "running")
              .put("pid", vmid % 3 == 1 ? 0 : vmid)
              .put("uptime", Duration.between(STARTED, Instant.now()).toSeconds());
      case "vncproxy" ->
          new JsonObject()
              .put("port", FIRST_PORT + vmid - FIRST_VMID)
              .put("ticket", "PVEVNC:warm-up")
              .put("user", "warm@pve")
              .put("password", "warm-up!")
              .put("upid", "UPID:warm:0000:0000:0000:vncproxy:" + vmid + ":warm@pve:");
      default -> data;
    };
  }
}
