// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.pveconsole.relay.async.Blocking;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the relay's own token once a minute, as the Kubernetes client does before a call of its
 * own: the kubelet puts a new one into its file long before the old one ends.
 */
final class TokenRenewal {

  private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Config config;

  /** Of the account that a configuration is for. */
  TokenRenewal(Config config) {
    this.config = config;
  }

  /** Begins; the first time is a minute from now. */
  void start(Vertx vertx, Blocking blocking) {
    vertx.setPeriodic(
        EVERY.toMillis(),
        id ->
            blocking
                .call(LIMIT, Executors.callable(this::renew))
                .onFailure(e -> LOG.atWarn().addKeyValue("error", e.toString()).log("token")));
  }

  /** May block. A token that was given, and not found, stays. */
  void renew() {
    if (config.getOauthTokenProvider() != null || config.getOauthToken() != null) {
      return;
    }
    String token = config.refresh().getAutoOAuthToken();
    if (token != null) {
      config.setAutoOAuthToken(token);
    }
  }
}
