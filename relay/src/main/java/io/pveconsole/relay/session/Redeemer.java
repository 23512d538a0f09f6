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
import java.util.regex.Pattern;

/**
 * Exchanges a link's secret for a session, once. Decides on a live read and writes with its
 * version; whoever loses that race reads again and decides again.
 */
public final class Redeemer {

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");
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
      GrantStore store, GrantRegistry registry, Audit audit, String podName, Clock clock) {
    this.store = store;
    this.registry = registry;
    this.audit = audit;
    this.podName = podName;
    this.clock = clock;
    this.failures = new ApiFailures(clock);
  }

  /** Redeems; fails with {@link ProblemException} where it is refused. */
  public Future<Grant> redeem(String session, String secret, String nonce, String address) {
    if (!SECRET.matcher(secret).matches() || !NONCE.matcher(nonce).matches()) {
      return Future.failedFuture(new ProblemException(Problem.WRONG_SECRET));
    }
    return attempt(session, Hashes.sha256(secret), Hashes.sha256(nonce), address, TRIES)
        .recover(thrown -> Future.failedFuture(failures.unavailable("redeem", session, thrown)));
  }

  private Future<Grant> attempt(
      String session, String secretHash, String nonceHash, String address, int left) {
    return store
        .read(session)
        .compose(found -> decide(found, secretHash, nonceHash, address))
        .recover(
            thrown -> {
              if (thrown instanceof ConflictException && left > 1) {
                return attempt(session, secretHash, nonceHash, address, left - 1);
              }
              return Future.failedFuture(
                  thrown instanceof GoneException
                      ? new ProblemException(Problem.WRONG_SECRET)
                      : thrown);
            });
  }

  private Future<Grant> decide(
      Optional<Grant> found, String secretHash, String nonceHash, String address) {
    String expected = found.map(grant -> grant.spec().tokenSha256()).orElse(NO_HASH);
    if (!Hashes.equal(expected, secretHash) || found.isEmpty()) {
      return refuse(Problem.WRONG_SECRET);
    }
    Grant grant = found.get();
    registry.put(grant);
    Instant now = clock.instant();
    Optional<TerminationReason> over = registry.endedHere(grant.name()).or(() -> grant.over(now));
    if (over.isPresent()) {
      return refuse(Problem.over(over.get().name()));
    }
    Redemption before = grant.status().redemption();
    if (before == null) {
      Redemption redemption =
          new Redemption(nonceHash, now.truncatedTo(ChronoUnit.SECONDS).toString());
      return store
          .patch(grant, StatusPatch.redeemed(redemption))
          .onSuccess(registry::put)
          .onSuccess(redeemed -> audit.redeemed(redeemed, address));
    }
    boolean sameNonce = Hashes.equal(before.nonceSha256(), nonceHash);
    boolean lately = now.isBefore(Instant.parse(before.time()).plus(SAME_NONCE));
    return sameNonce && lately ? Future.succeededFuture(grant) : reused(grant, address);
  }

  private Future<Grant> reused(Grant grant, String address) {
    audit.linkReused(grant, address);
    if (grant.spec().onLinkReuse() == LinkReusePolicy.EndSession) {
      return store
          .patch(
              grant,
              StatusPatch.over(EndConfirmer.ended(TerminationReason.LinkReused, podName, clock)))
          .onSuccess(registry::put)
          .compose(ended -> refuse(Problem.LINK_REUSED));
    }
    return refuse(Problem.LINK_REUSED);
  }

  private static Future<Grant> refuse(Problem problem) {
    return Future.failedFuture(new ProblemException(problem));
  }
}
