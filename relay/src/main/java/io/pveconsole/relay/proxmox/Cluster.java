// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One cluster under one version of its settings, and how to get into a session with it. */
final class Cluster {

  private final Vertx vertx;
  private final Clock clock;
  private final Dialer dialer;
  private final ProxmoxSettings settings;
  private final Login login;
  private final Endpoints endpoints;
  private final KnownPrivileges privileges;
  private final Map<ProxmoxEndpoint, ClientSSLOptions> tls = new HashMap<>();

  Cluster(
      Vertx vertx,
      Clock clock,
      Dialer dialer,
      ProxmoxSettings settings,
      Login login,
      Endpoints endpoints) {
    this.vertx = vertx;
    this.clock = clock;
    this.dialer = dialer;
    this.settings = settings;
    this.login = login;
    this.endpoints = endpoints;
    this.privileges = new KnownPrivileges(clock);
    settings.endpoints().forEach(endpoint -> tls.put(endpoint, tlsOf(endpoint)));
  }

  /** The same cluster with other settings; what is still true is kept. */
  Cluster with(ProxmoxSettings next) {
    boolean sameLogin = next.credentials().equals(settings.credentials());
    boolean sameEndpoints = next.endpoints().equals(settings.endpoints());
    return new Cluster(
        vertx,
        clock,
        dialer,
        next,
        sameLogin ? login : Login.of(vertx, next.credentials(), clock),
        sameEndpoints ? endpoints : new Endpoints(next.endpoints(), clock));
  }

  Vertx vertx() {
    return vertx;
  }

  KnownPrivileges privileges() {
    return privileges;
  }

  ProxmoxSettings settings() {
    return settings;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  Clock clock() {
    return clock;
  }

  Dialer dialer() {
    return dialer;
  }

  /** A session with an endpoint of this cluster, over the first of its addresses that answers. */
  Future<ApiSession> reach(ProxmoxEndpoint endpoint, Steps steps) {
    return steps
        .run(Step.DNS, () -> dialer.resolve(endpoint, settings.limits().dns()))
        .compose(addresses -> connectFirst(endpoint, addresses, 0, steps));
  }

  private Future<ApiSession> connectFirst(
      ProxmoxEndpoint endpoint, List<InetAddress> addresses, int number, Steps steps) {
    Peer peer = peer(endpoint, addresses.get(number));
    return dialer
        .connect(peer, settings.limits().connect(), steps)
        .map(
            connection ->
                new ApiSession(
                    new ApiConnection(vertx, dialer, peer, settings.limits(), clock, connection),
                    login,
                    settings.credentials()))
        .recover(
            thrown ->
                number + 1 < addresses.size()
                    ? connectFirst(endpoint, addresses, number + 1, steps)
                    : Future.failedFuture(thrown));
  }

  /** An endpoint that is not (or not any more) in the settings is judged as if it were. */
  private Peer peer(ProxmoxEndpoint endpoint, InetAddress address) {
    ClientSSLOptions options = tls.get(endpoint);
    return new Peer(
        endpoint,
        address,
        settings.tlsNameOf(endpoint),
        options == null ? tlsOf(endpoint) : options);
  }

  private ClientSSLOptions tlsOf(ProxmoxEndpoint endpoint) {
    Trust trust = settings.trustOf(endpoint);
    ClientSSLOptions options = new ClientSSLOptions();
    options.setTrustOptions(io.vertx.core.net.TrustOptions.wrap(TrustManagers.of(trust)));
    options.setHostnameVerificationAlgorithm(trust instanceof Trust.Pinned ? "" : "HTTPS");
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    options.setSslHandshakeTimeout(settings.limits().connect().toMillis());
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }
}
