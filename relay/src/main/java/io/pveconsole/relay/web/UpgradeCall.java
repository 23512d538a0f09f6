// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.ProofOfLife;
import io.pveconsole.relay.session.Admission;
import io.pveconsole.relay.viewer.ConsoleTimes;
import io.pveconsole.relay.viewer.Viewers;
import io.pveconsole.relay.web.security.SessionCookies;
import io.pveconsole.relay.web.security.TokenPurpose;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a browser's WebSocket in and gives it a viewer. */
public final class UpgradeCall {

  static final String SUBPROTOCOL = "pveconsole.v1";
  static final String PLAIN_SUBPROTOCOL = "binary";
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeCall.class);
  private static final Duration PROOF_AGE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Admission admission;
  private final SessionCookies cookies;
  private final Viewers viewers;
  private final BooleanSupplier provenLately;
  private final ConsoleTimes times;

  public UpgradeCall(
      Vertx vertx,
      Admission admission,
      SessionCookies cookies,
      Viewers viewers,
      ProofOfLife proof,
      ConsoleTimes times) {
    this(vertx, admission, cookies, viewers, () -> proof.isYoungerThan(PROOF_AGE), times);
  }

  UpgradeCall(
      Vertx vertx,
      Admission admission,
      SessionCookies cookies,
      Viewers viewers,
      BooleanSupplier provenLately,
      ConsoleTimes times) {
    this.vertx = vertx;
    this.admission = admission;
    this.cookies = cookies;
    this.viewers = viewers;
    this.provenLately = provenLately;
    this.times = times;
  }

  /** Upgrades, or refuses before the upgrade. The origin was checked. */
  void answer(Exchange exchange) {
    exchange.request().pause();
    String session = exchange.session();
    admission
        .live(
            session,
            exchange.claims(cookies, TokenPurpose.ACCESS),
            grant -> viewers.find(session).isPresent() && provenLately.getAsBoolean())
        .onSuccess(grant -> upgrade(exchange, grant))
        .onFailure(
            thrown -> {
              exchange.request().resume();
              exchange.context().fail(thrown);
            });
  }

  private void upgrade(Exchange exchange, Grant grant) {
    String address = exchange.address();
    exchange
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> viewers.begin(grant, address, new WebSocketBrowser(vertx, socket, times)))
        .onFailure(
            thrown -> LOG.atInfo().addKeyValue("error", thrown.toString()).log("upgrade failed"));
  }
}
