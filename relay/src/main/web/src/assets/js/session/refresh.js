// SPDX-License-Identifier: Apache-2.0

/** The access cookie lives 5 minutes at most; this leaves more than one for a slow network. */
export const REFRESH_EVERY_MS = 210_000;

/**
 * Keeps the access cookie fresh. The lock lets one tab of the session refresh at a time; a tab that
 * waited refreshes again, which is harmless.
 */
export function createRefresher({ post, locks, lockName, now, setTimer, clearTimer }) {
  let freshSince = null;
  let timer = null;
  let underWay = null;

  /** Whoever asks while a refresh is under way shares its answer. */
  function refresh() {
    underWay ??= ask().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function ask() {
    const answer = await underLock(locks, lockName, () => post('refresh'));
    if (answer.ok) {
      freshSince = now();
    }
    return answer;
  }

  function schedule(delay) {
    clearTimer(timer);
    timer = setTimer(async () => {
      const answer = await refresh();
      if (answer.ok) {
        schedule(REFRESH_EVERY_MS);
      } else if (answer.status === 0 || answer.status === 429 || answer.status >= 500) {
        schedule(RETRY_MS);
      }
    }, delay);
  }

  return {
    refresh,
    /** Called when a redeem set the cookies. */
    markFresh() {
      freshSince = now();
    },
    /** Refreshes unless the cookie is young. Resolves to null when nothing had to be asked. */
    async ensureFresh(maxAgeMs) {
      return freshSince !== null && now() - freshSince < maxAgeMs ? null : refresh();
    },
    start() {
      const age = freshSince === null ? REFRESH_EVERY_MS : now() - freshSince;
      schedule(Math.max(0, REFRESH_EVERY_MS - age));
    },
    /** After a sleep timers come late; asks at once when the cookie may be old. */
    wake() {
      if (timer !== null && (freshSince === null || now() - freshSince > REFRESH_EVERY_MS)) {
        schedule(0);
      }
    },
    stop() {
      clearTimer(timer);
      timer = null;
    },
  };
}

const RETRY_MS = 10_000;

function underLock(locks, name, action) {
  return locks ? locks.request(name, action) : action();
}
