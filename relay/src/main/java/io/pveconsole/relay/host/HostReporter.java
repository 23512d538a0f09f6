// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.host;

import io.pveconsole.api.v1alpha1.DoctorStep;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.HostEndpoint;
import io.pveconsole.api.v1alpha1.host.RelayEndpointStatus;
import io.pveconsole.api.v1alpha1.host.RelayStatus;
import io.pveconsole.api.v1alpha1.host.SeenCertificate;
import io.pveconsole.relay.proxmox.Certificate;
import io.pveconsole.relay.proxmox.Probe;
import io.pveconsole.relay.proxmox.ProxmoxEndpoint;
import io.pveconsole.relay.proxmox.ProxmoxFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the host's endpoints and reports what it saw. It runs on one event loop. A report is
 * written on change only, and a change must be seen three times, except after something was
 * configured: then the first look counts.
 */
public final class HostReporter {

  private static final Logger LOG = LoggerFactory.getLogger(HostReporter.class);
  private static final int EQUAL_OUTCOMES = 3;
  private static final int MAX_TROUBLE = 1024;

  private final Vertx vertx;
  private final HostView view;
  private final HostStore store;
  private final ProxmoxAccess access;
  private final String podName;
  private final Supplier<String> keyId;
  private final Supplier<Optional<String>> certificateTrouble;
  private final Pace pace;
  private @Nullable RelayStatus reported;
  private @Nullable RelayStatus candidate;
  private int seen;
  private boolean eager = true;
  private boolean looking;
  private boolean lookAgain;

  /**
   * How often it looks.
   *
   * @param unsettled while what it sees is not what it has reported
   */
  record Pace(Duration every, Duration unsettled) {

    static final Pace PRODUCTION = new Pace(Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  public HostReporter(
      Vertx vertx,
      HostView view,
      HostStore store,
      ProxmoxAccess access,
      String podName,
      Supplier<String> keyId,
      Supplier<Optional<String>> certificateTrouble) {
    this(vertx, view, store, access, podName, keyId, certificateTrouble, Pace.PRODUCTION);
  }

  HostReporter(
      Vertx vertx,
      HostView view,
      HostStore store,
      ProxmoxAccess access,
      String podName,
      Supplier<String> keyId,
      Supplier<Optional<String>> certificateTrouble,
      Pace pace) {
    this.pace = pace;
    this.vertx = vertx;
    this.view = view;
    this.store = store;
    this.access = access;
    this.podName = podName;
    this.keyId = keyId;
    this.certificateTrouble = certificateTrouble;
  }

  /**
   * Begins; must be called on the event loop that is to be used. The first look waits for {@link
   * #configured}: before it there is nothing true to say.
   */
  public void start() {
    vertx.setPeriodic(pace.every().toMillis(), id -> look());
  }

  /** Something was configured: looks at once and believes the first outcome. */
  public void configured() {
    eager = true;
    look();
  }

  private void look() {
    if (looking) {
      lookAgain = true;
      return;
    }
    ProxmoxHost host = view.get().orElse(null);
    if (host == null) {
      return;
    }
    looking = true;
    examine(host)
        .compose(this::report)
        .onComplete(
            (done, failure) -> {
              looking = false;
              if (failure != null) {
                eager = true;
                LOG.atWarn()
                    .addKeyValue("error", failure.toString())
                    .log("cannot report on the host");
              }
              if (lookAgain) {
                lookAgain = false;
                look();
              } else if (candidate != null && !candidate.equals(reported)) {
                vertx.setTimer(pace.unsettled().toMillis(), id -> look());
              }
            });
  }

  private Future<RelayStatus> examine(ProxmoxHost host) {
    return switch (access.current()) {
      case Access.Unusable(String reason, String message) ->
          Future.succeededFuture(
              status(
                  null,
                  host.getSpec().endpoints().stream()
                      .map(HostEndpoint::url)
                      .map(
                          url ->
                              new RelayEndpointStatus(url, DoctorStep.auth, reason, message, null))
                      .toList()));
      case Access.Ready(var client, var settings) -> {
        List<Future<Probe>> probes = new ArrayList<>();
        for (ProxmoxEndpoint endpoint : settings.endpoints()) {
          probes.add(client.probe(endpoint));
        }
        yield Future.all(probes).map(all -> status(host, all.<Probe>list()));
      }
    };
  }

  private RelayStatus status(ProxmoxHost host, List<Probe> probes) {
    String version =
        probes.stream()
            .map(Probe::version)
            .filter(found -> found != null)
            .map(found -> found.version())
            .findFirst()
            .orElse(null);
    return status(version, probes.stream().map(probe -> endpoint(host, probe)).toList());
  }

  private RelayStatus status(@Nullable String version, List<RelayEndpointStatus> endpoints) {
    return new RelayStatus(
        podName,
        keyId.get(),
        version,
        endpoints,
        certificateTrouble.get().map(HostReporter::shortened).orElse(null));
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TROUBLE ? text : text.substring(0, MAX_TROUBLE);
  }

  private static RelayEndpointStatus endpoint(ProxmoxHost host, Probe probe) {
    ProxmoxFailure failure = probe.failure().orElse(null);
    return new RelayEndpointStatus(
        probe.endpoint().url().toString(),
        failure == null ? null : DoctorStep.valueOf(failure.step().wireName()),
        failure == null ? null : failure.reason().name(),
        failure == null ? null : Cure.of(host, failure),
        certificate(probe.certificate()));
  }

  private static @Nullable SeenCertificate certificate(@Nullable Certificate seen) {
    return seen == null
        ? null
        : new SeenCertificate(
            seen.fingerprint().text(), seen.subject(), seen.notAfter().toString());
  }

  private Future<Void> report(RelayStatus now) {
    seen = now.equals(candidate) ? seen + 1 : 1;
    candidate = now;
    RelayStatus known = reported;
    boolean newKey = known != null && !now.keyId().equals(known.keyId());
    if (now.equals(known) || !(eager || newKey || seen >= EQUAL_OUTCOMES)) {
      eager = eager && !now.equals(known);
      return Future.succeededFuture();
    }
    eager = false;
    return store.report(now).onSuccess(v -> reported = now);
  }
}
