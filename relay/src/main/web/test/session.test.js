// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApi } from '../src/assets/js/session/api.js';
import { dropFragment, readSecret } from '../src/assets/js/session/fragment.js';
import { createNonceStore } from '../src/assets/js/session/nonce.js';
import { createRedeem } from '../src/assets/js/session/redeem.js';
import { createRefresher, REFRESH_EVERY_MS } from '../src/assets/js/session/refresh.js';
import { whenVisible } from '../src/assets/js/session/visible.js';

const SECRET = 'AZaz09_-'.repeat(6).slice(0, 43);

function memory() {
  const items = new Map();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

test('reads a whole secret only', () => {
  assert.equal(readSecret({ hash: `#${SECRET}` }), SECRET);
  assert.equal(readSecret({ hash: `#${SECRET.slice(1)}` }), null);
  assert.equal(readSecret({ hash: `#${SECRET}x` }), null);
  assert.equal(readSecret({ hash: '' }), null);
});

test('drops the fragment from the address and from the history entry', () => {
  const urls = [];
  const history = { replaceState: (state, title, url) => urls.push(url) };
  dropFragment({ hash: '#x', pathname: '/pve7/c/1', search: '' }, history);
  dropFragment({ hash: '', pathname: '/pve7/c/1', search: '' }, history);
  assert.deepEqual(urls, ['/pve7/c/1']);
});

test('a nonce has 128 bits, stays until it is forgotten, and works without storage', () => {
  const storage = memory();
  const nonces = createNonceStore(storage, globalThis.crypto, 'uid');
  const first = nonces.take();
  assert.match(first, /^[A-Za-z0-9_-]{22}$/);
  assert.equal(nonces.take(), first);
  nonces.forget();
  assert.equal(storage.items.size, 0);
  assert.notEqual(nonces.take(), first);
  assert.match(createNonceStore(null, globalThis.crypto, 'uid').take(), /^[A-Za-z0-9_-]{22}$/);
});

test('a redeem waits for a reader, keeps its nonce over a lost answer, and never stores the secret', async () => {
  const storage = memory();
  const bodies = [];
  let show;
  const seen = new Promise((resolve) => (show = resolve));
  const answers = [{ ok: false, status: 0 }, { ok: true, status: 204 }];
  const redeem = createRedeem({
    post: async (name, body) => {
      bodies.push(body);
      assert.ok(![...storage.items.values()].some((value) => value.includes(SECRET)));
      return answers.shift();
    },
    nonces: createNonceStore(storage, globalThis.crypto, 'uid'),
    whenVisible: () => seen,
  });
  const first = redeem(SECRET);
  await new Promise(setImmediate);
  assert.equal(bodies.length, 0);
  show();
  await first;
  assert.equal(storage.items.size, 1);
  await redeem(SECRET);
  assert.equal(bodies[0].nonce, bodies[1].nonce);
  assert.equal(storage.items.size, 0);
});

test('prerendering and hidden pages wait', async () => {
  const doc = new EventTarget();
  Object.assign(doc, { prerendering: true, visibilityState: 'hidden' });
  let visible = false;
  const waiting = whenVisible(doc).then(() => (visible = true));
  doc.prerendering = false;
  doc.dispatchEvent(new Event('prerenderingchange'));
  await new Promise(setImmediate);
  assert.equal(visible, false);
  doc.visibilityState = 'visible';
  doc.dispatchEvent(new Event('visibilitychange'));
  await waiting;
  assert.equal(visible, true);
});

test('refreshes in time, under the lock, and soon again after a failure', async () => {
  let clock = 0;
  const timers = [];
  const locked = [];
  const answers = [{ ok: true, status: 204 }, { ok: false, status: 503 }, { ok: false, status: 401 }];
  const refresher = createRefresher({
    post: async () => answers.shift(),
    locks: { request: (name, run) => (locked.push(name), run()) },
    lockName: 'pveconsole-refresh-uid',
    now: () => clock,
    setTimer: (run, ms) => timers.push({ run, ms }),
    clearTimer() {},
  });
  refresher.markFresh();
  clock = 30_000;
  assert.equal(await refresher.ensureFresh(60_000), null);
  refresher.start();
  assert.equal(timers.at(-1).ms, REFRESH_EVERY_MS - 30_000);
  assert.ok(REFRESH_EVERY_MS < 4 * 60_000);
  clock = REFRESH_EVERY_MS;
  await timers.at(-1).run();
  assert.equal(timers.at(-1).ms, REFRESH_EVERY_MS);
  await timers.at(-1).run();
  assert.equal(timers.at(-1).ms, 10_000);
  const count = timers.length;
  await timers.at(-1).run();
  assert.equal(timers.length, count);
  assert.deepEqual(locked, Array(3).fill('pveconsole-refresh-uid'));
});

test('refreshes asked for at once share one answer', async () => {
  let asked = 0;
  const refresher = createRefresher({
    post: async () => ({ ok: true, status: 204, number: (asked += 1) }),
    locks: undefined,
    now: () => 0,
    setTimer() {},
    clearTimer() {},
  });
  const [first, second] = await Promise.all([refresher.refresh(), refresher.ensureFresh(1000)]);
  assert.equal(first, second);
  assert.equal((await refresher.refresh()).number, 2);
});

test('a request that fails on the way is an answer with status 0', async () => {
  const post = createApi('/p/c/1', async () => {
    throw new TypeError('network');
  });
  assert.deepEqual(await post('state'), { status: 0, ok: false, code: 'ServiceUnreachable', body: null, retryAfterSeconds: null });
});

test('errors carry their problem code, also when the body is not JSON', async () => {
  const answer = (body, headers) => async (url, options) => {
    assert.equal(url, '/p/c/1/redeem');
    assert.equal(options.method, 'POST');
    assert.equal(options.headers['Content-Type'], 'application/json');
    return new Response(body, { status: 429, headers });
  };
  const told = await createApi('/p/c/1', answer('{"code":"TooManyRequests"}', { 'Retry-After': '7' }))('redeem');
  assert.deepEqual([told.status, told.code, told.retryAfterSeconds], [429, 'TooManyRequests', 7]);
  const html = await createApi('/p/c/1', answer('<html>', {}))('redeem');
  assert.deepEqual([html.code, html.retryAfterSeconds], [undefined, null]);
});
