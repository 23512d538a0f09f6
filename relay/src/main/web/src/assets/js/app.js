// SPDX-License-Identifier: Apache-2.0
import { createChannelRates } from './socket/rates.js';
import { createAttempt, preloadConsole } from './attempt.js';
import { createApi } from './session/api.js';
import { createClaim } from './session/claim.js';
import { dropFragment, readSecret } from './session/fragment.js';
import { createNonceStore } from './session/nonce.js';
import { createRedeem } from './session/redeem.js';
import { createRefresher } from './session/refresh.js';
import { createSignIn } from './session/sign-in.js';
import { isVisible, whenVisible } from './session/visible.js';
import { classifyClose } from './socket/close-codes.js';
import { countdown, createRetries, retryDelaySeconds } from './socket/reconnect.js';

const YOUNG_COOKIE_MS = 60_000;
const END_ANSWER_MS = 2000;

/** The way through the page: sign in, open the console, and again after each loss that can heal. */
export function createApp({ ui, t, window }) {
  const { location, history, document, navigator } = window;
  const base = location.pathname;
  const uid = base.slice(base.lastIndexOf('/') + 1);
  const now = () => performance.now();
  const timers = { now, setTimer: (run, ms) => setTimeout(run, ms), clearTimer: (id) => clearTimeout(id) };

  const post = createApi(base);
  const refresher = createRefresher({ post, locks: navigator.locks, lockName: `pveconsole-refresh-${uid}`, ...timers });
  const nonces = createNonceStore(sessionStore(window), window.crypto, uid);
  const redeem = createRedeem({ post, nonces, whenVisible: visible });
  const rates = createChannelRates(ui.quality, now);
  const retries = createRetries();
  const claim = createClaim({ locks: navigator.locks, name: `pveconsole-viewer-${uid}`, onLost: () => skipPause?.() });
  let skipPause = null;
  let hadPicture = false;
  let claimed = false;
  let attempt = null;
  let done = false;

  async function visible() {
    if (!isVisible(document)) {
      ui.card.detail(t('card.hidden'));
      await whenVisible(document);
      ui.card.detail('');
    }
  }

  function titleKey(otherwise) {
    return hadPicture ? 'card.reconnecting' : otherwise;
  }

  async function pause(reason, seconds) {
    ui.page.set(hadPicture ? 'reconnecting' : ui.page.current, reason);
    ui.card.waiting(titleKey('card.waiting'), reason, ui.doctor.failure?.step ?? null);
    const timer = countdown(seconds, ui.card.tick, { ...timers, online: window });
    ui.retryButton.onclick = timer.skip;
    skipPause = timer.skip;
    await timer.done;
    ui.retryButton.onclick = null;
    skipPause = null;
  }

  /** Too short to be read: the card keeps saying that the page reconnects. */
  function breath(reason, seconds) {
    ui.page.set(hadPicture ? 'reconnecting' : ui.page.current, reason);
    return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }

  const signIn = createSignIn({
    post,
    refresher,
    redeem,
    link: {
      read: () => readSecret(location),
      drop: () => dropFragment(location, history),
      malformed: () => location.hash.length > 1,
    },
    async wait(code, failures, retryAfterSeconds) {
      ui.doctor.page('sign-in', 'failed');
      await pause(code, retryAfterSeconds ?? retryDelaySeconds(failures));
      ui.doctor.page('sign-in', 'started');
      ui.card.progress(titleKey('card.signingIn'));
    },
  });

  async function signedIn() {
    ui.page.set(hadPicture ? 'reconnecting' : 'signing-in');
    ui.card.progress(titleKey('card.signingIn'));
    ui.doctor.reset();
    ui.doctor.page('sign-in', 'started');
    const began = now();
    const outcome = await signIn();
    if (outcome.kind === 'open') {
      ui.doctor.page('sign-in', 'ok', now() - began);
      await refresher.ensureFresh(YOUNG_COOKIE_MS);
      refresher.start();
    }
    return outcome;
  }

  function finish(state, reason) {
    if (!done) {
      done = true;
      refresher.stop();
      claim.give();
      dropFragment(location, history);
      ui.finish(state, reason);
    }
  }

  async function end() {
    let answer = await post('end');
    if (answer.status === 401 && (await refresher.refresh()).ok) {
      answer = await post('end');
    }
    if (answer.ok) {
      attempt?.bye();
      setTimeout(() => finish('ended', 'ClosedByUser'), END_ANSWER_MS);
    }
    return answer.ok;
  }

  async function run() {
    preloadConsole();
    ui.onEnd(end);
    window.addEventListener('hashchange', () => {
      if (done && readSecret(location) !== null) {
        location.reload();
      } else if (ui.page.current === 'connected') {
        dropFragment(location, history);
      }
    });
    document.addEventListener('visibilitychange', () => {
      if (isVisible(document) && !done) {
        refresher.wake();
      }
    });

    while (!done) {
      const outcome = await signedIn();
      if (outcome.kind !== 'open') {
        finish(outcome.kind === 'over' ? 'ended' : 'failed', outcome.code);
        return;
      }
      if (!(await mayOpen())) {
        return;
      }
      attempt = createAttempt({ ui, t, url: socketUrl(location), timers, rates, reconnecting: hadPicture });
      const closed = await attempt.run();
      attempt = null;
      hadPicture ||= closed.pictureMs !== null;
      const verdict = classifyClose(closed.code, closed.reason);
      if (verdict.final) {
        finish('ended', verdict.reason);
      } else if (!done) {
        await again(verdict, closed.pictureMs);
      }
    }
  }

  /** A tab that nobody looked at yet must not take the console from the one that shows it. */
  async function mayOpen() {
    if (!hadPicture) {
      await visible();
    }
    if (claimed) {
      return stillMine();
    }
    claimed = true;
    await claim.take();
    return true;
  }

  async function stillMine() {
    if (!done && !(await claim.keep())) {
      finish('ended', 'TakenOver');
    }
    return !done;
  }

  async function again({ reason, prompt }, pictureMs) {
    if (await stillMine()) {
      const wait = retries.after({ prompt, pictureMs });
      await (wait.prompt ? breath(reason, wait.seconds) : pause(reason, wait.seconds));
    }
    await stillMine();
  }

  return { run };
}

function socketUrl(location) {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${location.host}${location.pathname}/ws`;
}

/** Reading `sessionStorage` itself throws where site data is blocked. */
function sessionStore(window) {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
