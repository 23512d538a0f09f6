// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.warmup;

import io.pveconsole.relay.proxmox.TlsEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As much of a Proxmox as the opening of a console asks for, on a loopback port. */
final class StandInProxmox {

  private static final Logger LOG = LoggerFactory.getLogger(StandInProxmox.class);
  private static final Pattern GUEST = Pattern.compile("/api2/json/nodes/warm/qemu/(\\d+)/(.+)");

  private final StandInGuests guests;

  private StandInProxmox(StandInGuests guests) {
    this.guests = guests;
  }

  static Future<HttpServer> listen(Vertx vertx, LoopbackCertificate certificate, TlsEngine engine) {
    StandInProxmox proxmox =
        new StandInProxmox(new StandInGuests(certificate.certificate().toString()));
    HttpServerOptions options = new HttpServerOptions();
    options.setSsl(true).setKeyCertOptions(certificate.forServer());
    options.setSslEngineOptions(engine.options());
    return vertx.createHttpServer(options).requestHandler(proxmox::answer).listen(0, "127.0.0.1");
  }

  private void answer(HttpServerRequest request) {
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
                headed(request.response())
                    .end(new JsonObject().put("data", data(request)).encode()))
        .onFailure(e -> LOG.atDebug().addKeyValue("error", e.toString()).log("answer not sent"));
  }

  /** Headers as pveproxy sends them (PVE/APIServer/AnyEvent.pm). */
  private static HttpServerResponse headed(HttpServerResponse response) {
    String now =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    return response
        .putHeader("Cache-Control", "max-age=0")
        .putHeader("Connection", "Keep-Alive")
        .putHeader("Date", now)
        .putHeader("Pragma", "no-cache")
        .putHeader("Server", "pve-api-daemon/3.0")
        .putHeader("Content-Type", "application/json;charset=UTF-8")
        .putHeader("Expires", now);
  }

  private Object data(HttpServerRequest request) {
    Matcher guest = GUEST.matcher(request.path());
    if (guest.matches()) {
      return guests.answer(Integer.parseInt(guest.group(1)), guest.group(2));
    }
    return switch (request.path()) {
      case "/api2/json/cluster/resources" -> guests.inventory();
      case "/api2/json/access/permissions" -> guests.permissions();
      default -> new JsonObject().put("version", "9.0").put("release", "9.0");
    };
  }
}
