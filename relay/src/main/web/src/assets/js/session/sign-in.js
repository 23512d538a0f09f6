// SPDX-License-Identifier: Apache-2.0
import { isTransient } from './transient.js';

/**
 * Signs the tab in: cookies first, the link secret only when no cookie helps. The fragment leaves
 * the address bar right before the secret is used, or when it turned out not to be needed.
 *
 * Resolves to `{kind: 'open', session}`, `{kind: 'over', code}` or `{kind: 'refused', code}`.
 * `wait(code, attempt, retryAfterSeconds)` is awaited before a try that follows a passing failure.
 */
export function createSignIn({ post, refresher, redeem, link, wait }) {
  let secret = null;

  async function step() {
    const state = await post('state');
    if (state.ok) {
      link.drop();
      secret = null;
      return { kind: 'open', session: state.body ?? {} };
    }
    if (state.status !== 401) {
      return judge(state);
    }
    const refreshed = await refresher.refresh();
    if (refreshed.ok) {
      return AGAIN;
    }
    return refreshed.status === 401 ? redeemLink() : judge(refreshed);
  }

  async function redeemLink() {
    secret ??= link.read();
    if (secret === null) {
      return { kind: 'refused', code: link.malformed() ? 'WrongSecret' : 'NotSignedIn' };
    }
    link.drop();
    const answer = await redeem(secret);
    if (answer.ok) {
      secret = null;
      refresher.markFresh();
      return AGAIN;
    }
    return judge(answer);
  }

  return async function signIn() {
    let failures = 0;
    let signedIn = 0;
    for (;;) {
      const outcome = await step();
      if (outcome === AGAIN) {
        signedIn += 1;
        if (signedIn > COOKIE_TRIES) {
          return { kind: 'refused', code: 'CookiesBlocked' };
        }
      } else if (outcome.kind === 'wait') {
        failures += 1;
        await wait(outcome.code, failures, outcome.retryAfterSeconds);
      } else {
        secret = null;
        return outcome;
      }
    }
  };
}

const AGAIN = Object.freeze({ kind: 'again' });
/** Fresh cookies that the next request does not carry mean that the browser does not keep them. */
const COOKIE_TRIES = 2;

function judge(answer) {
  if (isTransient(answer)) {
    return {
      kind: 'wait',
      code: answer.code ?? 'Unavailable',
      retryAfterSeconds: answer.retryAfterSeconds,
    };
  }
  if (answer.status === 410) {
    return { kind: 'over', code: answer.code ?? 'Expired' };
  }
  return { kind: 'refused', code: answer.code ?? 'Failed' };
}
