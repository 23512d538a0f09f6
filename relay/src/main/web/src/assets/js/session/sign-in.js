// SPDX-License-Identifier: Apache-2.0
import { isTransient } from './transient.js';

/**
 * Signs the tab in: cookies first, the link secret only when no cookie helps. The fragment leaves
 * the address bar right before the secret is used, or when it turned out not to be needed. Both
 * cookies are tried at once, and a redeem is taken at its word, to spare round trips.
 *
 * Resolves to `{kind: 'open'}`, `{kind: 'over', code}` or `{kind: 'refused', code}`.
 * `wait(code, attempt, retryAfterSeconds)` is awaited before a try that follows a passing failure.
 */
export function createSignIn({ post, refresher, redeem, link, wait }) {
  let secret = null;
  let unproven = false;

  async function step() {
    const [state, refreshed] = await Promise.all([post('state'), refresher.refresh()]);
    if (state.ok || (state.status === 401 && refreshed.ok)) {
      link.drop();
      unproven = false;
      return { kind: 'open' };
    }
    if (state.status !== 401) {
      return judge(state);
    }
    return refreshed.status === 401 ? redeemLink() : judge(refreshed);
  }

  async function redeemLink() {
    secret ??= link.read();
    if (secret === null) {
      return { kind: 'refused', code: missing() };
    }
    link.drop();
    const answer = await redeem(secret);
    if (answer.ok) {
      secret = null;
      unproven = true;
      refresher.markFresh();
      return { kind: 'open' };
    }
    return judge(answer);
  }

  /** Cookies that were just given and do not come back are not kept by the browser. */
  function missing() {
    if (unproven) {
      return 'CookiesBlocked';
    }
    return link.malformed() ? 'WrongSecret' : 'NotSignedIn';
  }

  return async function signIn() {
    for (let failures = 1; ; failures += 1) {
      const outcome = await step();
      if (outcome.kind !== 'wait') {
        secret = null;
        return outcome;
      }
      await wait(outcome.code, failures, outcome.retryAfterSeconds);
    }
  };
}

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
