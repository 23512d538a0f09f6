// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chooseLanguage, LANGUAGES } from '../src/assets/js/i18n/language.js';
import { createTranslator } from '../src/assets/js/i18n/translator.js';

const load = (name) => JSON.parse(readFileSync(new URL(`../src/assets/i18n/${name}.json`, import.meta.url), 'utf8'));

function flat(node, prefix = '') {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

test('takes the first language of the reader that the page speaks', () => {
  assert.equal(chooseLanguage(['fr-FR', 'ko-KR', 'en']), 'ko');
  assert.equal(chooseLanguage(['en-GB', 'ko']), 'en');
  assert.equal(chooseLanguage(['de']), 'en');
  assert.equal(chooseLanguage(undefined), 'en');
});

test('every language has the same texts with the same places to fill', () => {
  const english = new Map(flat(load('en')));
  for (const language of LANGUAGES) {
    const other = new Map(flat(load(language)));
    const file = readFileSync(new URL(`../src/assets/i18n/${language}.json`, import.meta.url), 'utf8');
    assert.equal([...file.matchAll(/"\w[\w-]*": "/g)].length, other.size, `${language} names a text twice`);
    assert.deepEqual([...other.keys()].sort(), [...english.keys()].sort());
    for (const [key, text] of english) {
      const places = (value) => (value.match(/\{\w+\}/g) ?? []).sort();
      assert.deepEqual(places(other.get(key)), places(text), `${language} ${key}`);
      assert.notEqual(other.get(key).trim(), '', `${language} ${key}`);
    }
  }
});

test('every text that the page names exists', () => {
  const t = createTranslator(load('en'));
  const html = readFileSync(new URL('../src/index.html', import.meta.url), 'utf8');
  for (const [, key] of html.matchAll(/data-t(?:-label|-title|-placeholder)?="([^"]+)"/g)) {
    assert.ok(t.has(key), key);
  }
});

test('no text is left over, and no module names a text that does not exist', () => {
  const folder = fileURLToPath(new URL('../src/assets/js', import.meta.url));
  const scripts = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const html = readFileSync(new URL('../src/index.html', import.meta.url), 'utf8');
  const t = createTranslator(load('en'));
  /** Looked up by a name that is put together; reasons.test.js holds these against the relay. */
  const byName = /^(?:steps\.|wait\.|ending\.[A-Z])/;
  for (const [key] of flat(load('en'))) {
    const literal = new RegExp(`['"]${key.replaceAll('.', '\\.')}['"]`);
    const action = key.startsWith('ending.') && Object.values(load('en').ending).some(({ action }) => `ending.${action}` === key);
    assert.ok(byName.test(key) || literal.test(scripts) || literal.test(html) || action, `left over: ${key}`);
  }
  for (const [, key] of scripts.matchAll(/\bt\('([a-z][\w.-]+)'/gi)) {
    assert.ok(t.has(key), `missing: ${key}`);
  }
});

test('fills places and leaves unknown ones alone', () => {
  const t = createTranslator({ a: { b: '{x} of {y}' } });
  assert.equal(t('a.b', { x: 1 }), '1 of {y}');
  assert.equal(t('a.missing'), 'a.missing');
  assert.equal(t.has('a.constructor'), false);
});
