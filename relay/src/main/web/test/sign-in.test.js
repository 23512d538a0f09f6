// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignIn } from '../src/assets/js/session/sign-in.js';

const SECRET = 's'.repeat(43);

/** Plays `answers` by path, in order, and records what was asked and done. */
function setUp(answers, { secret = SECRET, malformed = false, read = () => secret } = {}) {
  const calls = [];
  const take = (name) => {
    calls.push(name);
    const next = (answers[name] ?? []).shift();
    assert.ok(next, `unexpected ${name}`);
    return { ok: next[0] >= 200 && next[0] < 300, status: next[0], code: next[1], body: next[2], retryAfterSeconds: null };
  };
  const signIn = createSignIn({
    post: async (name) => take(name),
    refresher: { refresh: async () => take('refresh'), markFresh: () => calls.push('fresh') },
    redeem: async (value) => {
      assert.equal(value, secret);
      return take('redeem');
    },
    link: { read, drop: () => calls.push('drop'), malformed: () => malformed },
    wait: async (code) => calls.push(`wait ${code}`),
  });
  return { signIn, calls };
}

test('a valid cookie redeems nothing and takes the fragment away', async () => {
  const { signIn, calls } = setUp({ state: [[200]], refresh: [[204]] });
  assert.deepEqual(await signIn(), { kind: 'open' });
  assert.deepEqual(calls, ['state', 'refresh', 'drop']);
});

test('an access cookie is enough when the refresh fails for a while', async () => {
  const { signIn } = setUp({ state: [[200]], refresh: [[503, 'Unavailable']] });
  assert.equal((await signIn()).kind, 'open');
});

test('an old access cookie is refreshed before the link is thought of', async () => {
  const { signIn, calls } = setUp({ state: [[401]], refresh: [[204]] });
  assert.equal((await signIn()).kind, 'open');
  assert.deepEqual(calls, ['state', 'refresh', 'drop']);
});

test('the fragment is dropped before the secret is used, and only then', async () => {
  const { signIn, calls } = setUp({ state: [[401]], refresh: [[401]], redeem: [[204]] });
  assert.equal((await signIn()).kind, 'open');
  assert.deepEqual(calls, ['state', 'refresh', 'drop', 'redeem', 'fresh']);
});

test('a relay that cannot answer keeps the fragment and is asked again', async () => {
  const { signIn, calls } = setUp({
    state: [[503, 'Unavailable'], [0, 'ServiceUnreachable'], [200]],
    refresh: [[401], [401], [204]],
  });
  assert.equal((await signIn()).kind, 'open');
  assert.deepEqual(calls.filter((call) => call !== 'refresh'), [
    'state', 'wait Unavailable', 'state', 'wait ServiceUnreachable', 'state', 'drop',
  ]);
});

test('a refresh that cannot be decided spends no link', async () => {
  const { signIn, calls } = setUp({ state: [[401], [401]], refresh: [[503, 'Unavailable'], [204]] });
  assert.equal((await signIn()).kind, 'open');
  assert.deepEqual(calls, ['state', 'refresh', 'wait Unavailable', 'state', 'refresh', 'drop']);
});

test('a redeem whose answer was lost is repeated with the secret still known', async () => {
  const { signIn, calls } = setUp({
    state: [[401], [401]],
    refresh: [[401], [401]],
    redeem: [[0, 'ServiceUnreachable'], [204]],
  });
  assert.equal((await signIn()).kind, 'open');
  assert.equal(calls.filter((call) => call === 'redeem').length, 2);
});

test('a used link, a wrong link and a finished session are told apart', async () => {
  const refused = (redeem) => setUp({ state: [[401]], refresh: [[401]], redeem: [redeem] }).signIn();
  assert.deepEqual(await refused([409, 'LinkReused']), { kind: 'refused', code: 'LinkReused' });
  assert.deepEqual(await refused([403, 'WrongSecret']), { kind: 'refused', code: 'WrongSecret' });
  assert.deepEqual(await refused([410, 'LinkExpired']), { kind: 'over', code: 'LinkExpired' });
  const gone = setUp({ state: [[410, 'Revoked']], refresh: [[410, 'Revoked']] });
  assert.deepEqual(await gone.signIn(), { kind: 'over', code: 'Revoked' });
  const unknown = setUp({ state: [[404, 'NotFound']], refresh: [[404, 'NotFound']] });
  assert.deepEqual(await unknown.signIn(), { kind: 'refused', code: 'NotFound' });
});

test('no link at all and a damaged link are told apart', async () => {
  const none = setUp({ state: [[401]], refresh: [[401]] }, { secret: null });
  assert.deepEqual(await none.signIn(), { kind: 'refused', code: 'NotSignedIn' });
  const damaged = setUp({ state: [[401]], refresh: [[401]] }, { secret: null, malformed: true });
  assert.deepEqual(await damaged.signIn(), { kind: 'refused', code: 'WrongSecret' });
});

test('cookies that do not stick end in a page, not in a loop', async () => {
  let secret = SECRET;
  const { signIn } = setUp(
    { state: [[401], [401]], refresh: [[401], [401]], redeem: [[204]] },
    { read: () => secret },
  );
  assert.equal((await signIn()).kind, 'open');
  secret = null;
  assert.deepEqual(await signIn(), { kind: 'refused', code: 'CookiesBlocked' });
});
