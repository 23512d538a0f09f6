// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.web.security.Claims;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** Decides whether what a cookie claims still holds. */
public final class Admission {

  private final GrantStore store;
  private final GrantRegistry registry;
  private final HostView host;
  private final Clock clock;
  private final ApiFailures failures;

  public Admission(
      GrantStore store, GrantRegistry registry, HostView host, Clock clock, ApiFailures failures) {
    this.store = store;
    this.registry = registry;
    this.host = host;
    this.clock = clock;
    this.failures = failures;
  }

  /** What the cookies of a redeemed grant claim. */
  public Claims claims(Grant grant) {
    return new Claims(
        hostUid(),
        grant.name(),
        grant.uid(),
        grant.status().redemption() == null ? "" : grant.status().redemption().nonceSha256());
  }

  /**
   * Checks against what is known here, and against the API server where the cookie is of another
   * version of the grant: another relay may have redeemed the link a moment ago.
   */
  public Future<Grant> known(Claims claims) {
    return registry
        .find(claims.session())
        .filter(grant -> claims.equals(claims(grant)))
        .map(grant -> judge(Optional.of(grant), claims))
        .orElseGet(() -> live(claims));
  }

  /** Checks against the API server. */
  public Future<Grant> live(Claims claims) {
    String session = claims.session();
    return store
        .read(session)
        .transform(
            (found, failure) -> {
              if (failure != null) {
                return Future.failedFuture(failures.unavailable("read", session, failure));
              }
              found.ifPresent(registry::put);
              return judge(found, claims);
            });
  }

  private Future<Grant> judge(Optional<Grant> found, Claims claims) {
    String session = claims.session();
    if (!claims.host().equals(hostUid())) {
      return refuse(Problem.NOT_SIGNED_IN);
    }
    if (found.isEmpty()) {
      return refuse(
          registry
              .goneReason(session)
              .map(reason -> Problem.over(reason.name()))
              .orElse(Problem.NOT_FOUND));
    }
    Grant grant = found.get();
    if (!claims.equals(claims(grant)) || grant.status().redemption() == null) {
      return refuse(Problem.NOT_SIGNED_IN);
    }
    Optional<TerminationReason> over =
        registry.endedHere(session).or(() -> grant.over(clock.instant()));
    return over.isPresent()
        ? refuse(Problem.over(over.get().name()))
        : Future.succeededFuture(grant);
  }

  private String hostUid() {
    return host.get()
        .map((ProxmoxHost found) -> found.getMetadata())
        .map(metadata -> Objects.requireNonNullElse(metadata.getUid(), metadata.getName()))
        .orElse("");
  }

  private static Future<Grant> refuse(Problem problem) {
    return Future.failedFuture(new ProblemException(problem));
  }
}
