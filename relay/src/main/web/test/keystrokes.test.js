// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hangulKeys } from '../src/assets/js/console/hangul.js';
import { needsHangul, planKeystrokes, playStroke, TOGGLES, typeStrokes } from '../src/assets/js/console/keystrokes.js';
import { usKey } from '../src/assets/js/console/us-keyboard.js';
import { clock, rate, screenshotName } from '../src/assets/js/i18n/format.js';

const typed = (text, toggle) =>
  planKeystrokes(text, toggle).strokes.map((stroke) => stroke.map((key) => key.code).join('+'));

test('every printable ASCII character has a key of its own', () => {
  const seen = new Set();
  for (let point = 0x20; point < 0x7f; point += 1) {
    const key = usKey(String.fromCharCode(point));
    assert.equal(key.keysym, point);
    seen.add(`${key.code} ${key.shift}`);
  }
  assert.equal(seen.size, 95);
  assert.deepEqual(usKey('?'), { keysym: 0x3f, code: 'Slash', shift: true });
  assert.equal(usKey('é'), null);
});

test('syllables become two-set keys', () => {
  const words = { 안녕: 'dkssud', 값이: 'rkqtdl', 꿇: 'Rnfg', 의: 'dml', 힣: 'glg', 가: 'rk', ㅋ: 'z', ㅢ: 'ml', ㅘ: 'hk' };
  for (const [word, keys] of Object.entries(words)) {
    assert.equal([...word].map(hangulKeys).join(''), keys, word);
  }
  assert.equal(hangulKeys('a'), null);
  assert.equal(hangulKeys('漢'), null);
});

test('Korean is switched on for it and off again for letters and at the end', () => {
  assert.deepEqual(typed('a가 1b'), ['KeyA', 'Lang1', 'KeyR', 'KeyK', 'Space', 'Digit1', 'Lang1', 'KeyB']);
  assert.deepEqual(typed('가', TOGGLES.shiftSpace), ['ShiftLeft+Space', 'KeyR', 'KeyK', 'ShiftLeft+Space']);
  assert.deepEqual(typed('까'), ['Lang1', 'ShiftLeft+KeyR', 'KeyK', 'Lang1']);
});

test('decomposed Korean and line ends of all kinds are normalised', () => {
  assert.ok(needsHangul('가'.normalize('NFD')));
  assert.deepEqual(typed('가'.normalize('NFD')), typed('가'));
  assert.deepEqual(typed('a\r\nb\rc\n'), ['KeyA', 'Enter', 'KeyB', 'Enter', 'KeyC', 'Enter']);
});

test('what no key types is left out and counted, by character and not by half of one', () => {
  const plan = planKeystrokes('a€😀b');
  assert.equal(plan.skipped, 2);
  assert.equal(plan.strokes.length, 2);
});

test('keys go down in order and up in reverse', () => {
  const log = [];
  playStroke(planKeystrokes('A').strokes[0], (keysym, code, down) => log.push(`${code} ${down}`));
  assert.deepEqual(log, ['ShiftLeft true', 'KeyA true', 'KeyA false', 'ShiftLeft false']);
});

test('typing can be stopped between two keys and never leaves one down', async () => {
  const stop = new AbortController();
  const log = [];
  const finished = await typeStrokes(planKeystrokes('abc').strokes, {
    sendKey: (keysym, code, down) => log.push(`${code} ${down}`),
    pause: async () => {},
    onProgress: (done) => done === 2 && stop.abort(),
    signal: stop.signal,
  });
  assert.equal(finished, false);
  assert.deepEqual(log, ['KeyA true', 'KeyA false', 'KeyB true', 'KeyB false']);
});

test('times, rates and file names read well', () => {
  assert.deepEqual([clock(0), clock(65.9), clock(3849), clock(-3)], ['0:00', '1:05', '1:04:09', '0:00']);
  assert.deepEqual([rate(12), rate(4_400), rate(2_340_000)], ['12 B/s', '4 kB/s', '2.3 MB/s']);
  const date = new Date('2026-01-02T03:04:05Z');
  assert.equal(screenshotName('../web 1: <x>', date), 'web-1-x_2026-01-02_03-04-05.png');
  assert.equal(screenshotName('서버', date), '서버_2026-01-02_03-04-05.png');
  assert.equal(screenshotName('..', date), 'console_2026-01-02_03-04-05.png');
});
