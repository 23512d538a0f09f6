// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.Redemption;
import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.EndConfirmer;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.StatusPatch;
import io.pveconsole.relay.web.security.Problem;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Exchanges a link's secret for a session, once. Decides on a live read and writes with its
 * version; whoever loses that race reads again and decides again.
 */
public final class Redeemer {

  private static final Duration SAME_NONCE = Duration.ofSeconds(60);
  private static final int TRIES = 3;
  private static final String NO_HASH = "0".repeat(64);

  private final GrantStore store;
  private final GrantRegistry registry;
  private final Audit audit;
  private final String podName;
  private final Clock clock;
  private final ApiFailures failures;

  public Redeemer(
      GrantStore store,
      GrantRegistry registry,
      Audit audit,
      String podName,
      Clock clock,
      ApiFailures failures) {
    this.store = store;
    this.registry = registry;
    this.audit = audit;
    this.podName = podName;
    this.clock = clock;
    this.failures = failures;
  }

  /** Whether it is the right secret of a session that is known here; asks nobody. */
  public boolean isRight(String session, LinkSecret secret) {
    String expected = registry.find(session).map(grant -> grant.spec().tokenSha256()).orElse(null);
    return Hashes.equal(expected == null ? NO_HASH : expected, secret.hash());
  }

  /** Redeems; fails with {@link ProblemException} where it is refused. */
  public Future<Grant> redeem(String session, LinkSecret secret, String address) {
    return attempt(session, secret, address, TRIES)
        .recover(thrown -> Future.failedFuture(failures.unavailable("redeem", session, thrown)));
  }

  private Future<Grant> attempt(String session, LinkSecret secret, String address, int left) {
    return store
        .read(session)
        .compose(found -> decide(session, found, secret, address))
        .recover(
            thrown -> {
              if (thrown instanceof ConflictException && left > 1) {
                return attempt(session, secret, address, left - 1);
              }
              return Future.failedFuture(
                  thrown instanceof GoneException
                      ? new ProblemException(Problem.WRONG_SECRET)
                      : thrown);
            });
  }

  private Future<Grant> decide(
      String session, Optional<Grant> found, LinkSecret secret, String address) {
    String expected = found.map(grant -> grant.spec().tokenSha256()).orElse(NO_HASH);
    if (!Hashes.equal(expected, secret.hash()) || found.isEmpty()) {
      audit.refused(session, found, address, Problem.WRONG_SECRET.code());
      return refuse(Problem.WRONG_SECRET);
    }
    Grant grant = found.get();
    registry.put(grant);
    Optional<TerminationReason> over =
        registry.endedHere(grant.name()).or(() -> grant.over(clock.instant()));
    if (over.isPresent()) {
      audit.refused(session, found, address, over.get().name());
      return refuse(Problem.over(over.get().name()));
    }
    Redemption before = grant.status().redemption();
    return before == null ? first(grant, secret, address) : again(grant, before, secret, address);
  }

  private Future<Grant> first(Grant grant, LinkSecret secret, String address) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return store
        .patch(grant, StatusPatch.redeemed(new Redemption(secret.nonceHash(), now)))
        .onSuccess(registry::put)
        .onSuccess(redeemed -> audit.redeemed(redeemed, address));
  }

  private Future<Grant> again(Grant grant, Redemption before, LinkSecret secret, String address) {
    boolean sameNonce = Hashes.equal(before.nonceSha256(), secret.nonceHash());
    Instant until = Instant.parse(before.time()).plus(SAME_NONCE);
    if (sameNonce && clock.instant().isBefore(until)) {
      audit.redeemedAgain(grant, address);
      return Future.succeededFuture(grant);
    }
    if (grant.spec().onLinkReuse() != LinkReusePolicy.EndSession) {
      audit.linkReused(grant, address);
      return refuse(Problem.LINK_REUSED);
    }
    return store
        .patch(
            grant,
            StatusPatch.over(EndConfirmer.ended(TerminationReason.LinkReused, podName, clock)))
        .onSuccess(registry::put)
        .compose(
            ended -> {
              audit.linkReused(ended, address);
              return refuse(Problem.LINK_REUSED);
            });
  }

  private static Future<Grant> refuse(Problem problem) {
    return Future.failedFuture(new ProblemException(problem));
  }
}
