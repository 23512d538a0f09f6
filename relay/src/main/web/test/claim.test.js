// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClaim } from '../src/assets/js/session/claim.js';

/** As the Web Locks of one browser: one exclusive lock, `steal` and `ifAvailable`. */
function browserLocks() {
  let holder = null;
  return {
    request: (name, { steal, ifAvailable }, use) =>
      new Promise((resolve, reject) => {
        if (holder !== null && ifAvailable) {
          resolve(use(null));
          return;
        }
        assert.ok(holder === null || steal, 'would wait');
        holder?.reject(new DOMException('stolen', 'AbortError'));
        const mine = { reject };
        holder = mine;
        Promise.resolve(use({ name })).then((value) => {
          holder = holder === mine ? null : holder;
          resolve(value);
        });
      }),
  };
}

function tab(locks) {
  const lost = [];
  return { lost, ...createClaim({ locks, name: 'x', onLost: () => lost.push(true) }) };
}

const settled = () => new Promise(setImmediate);

test('the newest tab has the console, an older one is told and does not come back', async () => {
  const locks = browserLocks();
  const [older, newer] = [tab(locks), tab(locks)];
  await older.take();
  assert.equal(await older.keep(), true);
  await newer.take();
  await settled();
  assert.deepEqual([older.lost.length, newer.lost.length], [1, 0]);
  assert.equal(await older.keep(), false);
  assert.equal(await newer.keep(), true);
  await older.take();
  assert.equal(await newer.keep(), false);
});

test('an older tab goes on when the newer one was closed', async () => {
  const locks = browserLocks();
  const [older, newer] = [tab(locks), tab(locks)];
  await older.take();
  await newer.take();
  newer.give();
  await settled();
  assert.equal(await older.keep(), true);
  assert.equal(await newer.keep(), false);
});

test('a browser without Web Locks, or that forbids them, opens consoles all the same', async () => {
  const forbidden = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) };
  for (const locks of [undefined, forbidden]) {
    const only = tab(locks);
    await only.take();
    assert.equal(await only.keep(), true);
    assert.deepEqual(only.lost, []);
    only.give();
  }
});
