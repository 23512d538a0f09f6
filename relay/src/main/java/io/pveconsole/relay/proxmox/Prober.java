// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.proxmox;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at one endpoint, step by step. */
final class Prober {

  private final Cluster cluster;
  private final ProxmoxEndpoint endpoint;
  private final List<StepEvent> events = new ArrayList<>();
  private final Steps steps;
  private @Nullable String address;
  private @Nullable Certificate certificate;
  private @Nullable Version version;

  Prober(Cluster cluster, ProxmoxEndpoint endpoint) {
    this.cluster = cluster;
    this.endpoint = endpoint;
    this.steps = new Steps(this::note);
  }

  Future<Probe> run() {
    return cluster
        .reach(endpoint, steps)
        .compose(this::inside)
        .transform(
            (nothing, failure) -> {
              if (failure == null) {
                cluster.endpoints().works(endpoint);
              } else if (Failures.ofEndpoint(Failures.of(Step.TCP, failure))) {
                cluster.endpoints().failed(endpoint);
              }
              return Future.succeededFuture(
                  new Probe(
                      endpoint,
                      events,
                      address,
                      certificate,
                      version,
                      cluster.endpoints().nodeOf(endpoint)));
            });
  }

  private Future<Void> inside(ApiSession session) {
    address = session.peer().address().getHostAddress();
    certificate = session.certificate();
    return steps
        .run(Step.AUTH, () -> version(session))
        .onSuccess(found -> version = found)
        .compose(
            found -> steps.run(Step.PRIVILEGE, () -> new PrivilegeCheck(session).forAnyGuest()))
        .onComplete((v, failure) -> session.close());
  }

  private Future<Version> version(ApiSession session) {
    return session
        .data(ApiCall.get("/version", Step.AUTH))
        .compose(
            data ->
                data.path("version").asText("").isEmpty()
                    ? Failures.future(
                        new ConnectFailure.NotProxmox(
                            session.peer().toString(), "its API has no version"))
                    : Future.succeededFuture(Version.of(data)));
  }

  /** Only how steps ended is kept, and a failed address only if no other address did better. */
  private void note(StepEvent event) {
    if (event.state() == StepEvent.State.STARTED) {
      return;
    }
    events.removeIf(earlier -> earlier.step().compareTo(event.step()) >= 0);
    events.add(event);
    if (event.failure() != null) {
      event.failure().certificate().ifPresent(seen -> certificate = seen);
    }
  }
}
