// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.session;

import io.pveconsole.relay.web.security.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of calls to the API server that failed and are answered with 503. Browsers try again, many
 * at once, so one line for each kind of call stands for all of its minute. Safe from any thread.
 */
public final class ApiFailures {

  private static final Logger LOG = LoggerFactory.getLogger(ApiFailures.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Seen> calls = new HashMap<>();

  /** When the last line was written and how many there would have been since. */
  private record Seen(Instant logged, long silent) {}

  public ApiFailures(Clock clock) {
    this.clock = clock;
  }

  /**
   * What to refuse the request with; a refusal that was decided stays as it is and is no failure.
   *
   * @param call what was tried: one of a few fixed words
   */
  public ProblemException unavailable(String call, String session, Throwable thrown) {
    if (thrown instanceof ProblemException refusal) {
      return refusal;
    }
    log(call, session, thrown);
    return new ProblemException(Problem.UNAVAILABLE);
  }

  private synchronized void log(String call, String session, Throwable thrown) {
    Instant now = clock.instant();
    Seen seen = calls.get(call);
    if (seen != null && now.isBefore(seen.logged().plus(PAUSE))) {
      calls.put(call, new Seen(seen.logged(), seen.silent() + 1));
      return;
    }
    calls.put(call, new Seen(now, 0));
    LOG.atWarn()
        .addKeyValue("call", call)
        .addKeyValue("sessionUid", session)
        .addKeyValue("silentBefore", seen == null ? 0 : seen.silent())
        .addKeyValue("error", thrown.toString())
        .log("the API server did not do what a request needs");
  }
}
