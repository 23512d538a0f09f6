// SPDX-License-Identifier: Apache-2.0

const MIN_SECONDS = 1;
const MAX_SECONDS = 30;

/**
 * Full jitter between 1 s and a ceiling that doubles with each failure up to 30 s: after a relay
 * restart all pages come back, and they must not come at once.
 */
export function retryDelaySeconds(attempt, random = Math.random) {
  const ceiling = Math.min(MAX_SECONDS, 2 ** Math.min(attempt, 5) * 2);
  return MIN_SECONDS + random() * (ceiling - MIN_SECONDS);
}

const PROMPT_SECONDS = 0.25;
const PROMPT_TRIES = 3;
const STEADY_MS = 10_000;

/**
 * How long to wait after each attempt. The first try after a loss that concerns this console alone
 * comes at once; one that is lost again and again before a picture lasts waits like all others.
 */
export function createRetries(random = Math.random) {
  let failures = 0;
  let prompts = 0;
  return {
    /** `pictureMs`: how long the picture was there, null for never. Answers `{seconds, prompt}`. */
    after({ prompt, pictureMs }) {
      failures = pictureMs === null ? failures + 1 : 1;
      if (pictureMs !== null && pictureMs >= STEADY_MS) {
        prompts = 0;
      }
      if (prompt && failures === 1 && prompts < PROMPT_TRIES) {
        prompts += 1;
        return { seconds: random() * PROMPT_SECONDS, prompt: true };
      }
      return { seconds: retryDelaySeconds(failures, random), prompt: false };
    },
  };
}

/**
 * Counts down to a moment and calls `onTick(secondsLeft)` about every second. Resolves at zero, or
 * at once by `skip()`, or when the browser reports that it is back online.
 */
export function countdown(seconds, onTick, { now, setTimer, clearTimer, online }) {
  const end = now() + seconds * 1000;
  let skip;
  const done = new Promise((resolve) => {
    let timer = null;
    const stop = () => {
      clearTimer(timer);
      online?.removeEventListener('online', stop);
      resolve();
    };
    const tick = () => {
      const left = end - now();
      if (left <= 0) {
        stop();
        return;
      }
      onTick(Math.ceil(left / 1000));
      timer = setTimer(tick, left % 1000 || 1000);
    };
    skip = stop;
    online?.addEventListener('online', stop);
    tick();
  });
  return { done, skip };
}
