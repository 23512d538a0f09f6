// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HANDED_ON, handOn } from '../build/packages.mjs';
import { buildPage } from '../build/page.mjs';
import { isStale } from '../src/assets/js/session/build.js';

const target = mkdtempSync(join(tmpdir(), 'pveconsole-page-'));
const hash = await buildPage(target);
handOn(join(target, 'assets/vendor'));
const html = readFileSync(join(target, 'index.html'), 'utf8');
after(() => rmSync(target, { recursive: true }));

test('the built page names few files, all of them there, under a path with the hash', () => {
  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.equal(readFileSync(join(target, 'build.txt'), 'utf8'), hash);
  const addresses = [...html.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, address]) => address);
  assert.ok(addresses.length <= 9, String(addresses));
  for (const address of addresses) {
    assert.ok(address.startsWith(`../assets/${hash}/`), address);
    assert.ok(existsSync(join(target, 'assets', address.split(`/${hash}/`)[1])), address);
  }
  assert.ok(addresses.some((address) => /\/vnc-\w+\.js$/.test(address)), 'the usual console loads with the page');
  assert.ok(!addresses.some((address) => address.includes('terminal')), 'the terminal loads when it is needed');
});

test('the page runs nothing inline', () => {
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test('the source of noVNC is handed on beside the bundle, not changed by a byte', () => {
  const core = join(fileURLToPath(new URL('../node_modules', import.meta.url)), '@novnc/novnc/core');
  const files = readdirSync(core, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 40);
  for (const entry of files) {
    const from = join(entry.parentPath ?? entry.path, entry.name);
    assert.deepEqual(readFileSync(join(target, 'assets/vendor/novnc/core', from.slice(core.length))), readFileSync(from));
  }
  HANDED_ON.forEach(([, to]) => assert.ok(existsSync(join(target, 'assets/vendor', to)), to));
  assert.match(readFileSync(join(target, 'assets/js/boot.js'), 'utf8'), /MPL-2\.0.*assets\/vendor/);
});

test('a script of another version reloads the page once', () => {
  const doc = { documentElement: { dataset: { build: 'a' } } };
  const navigation = (type) => ({ getEntriesByType: () => [{ type }] });
  assert.equal(isStale(doc, navigation('navigate'), 'a'), false);
  assert.equal(isStale(doc, navigation('navigate'), 'b'), true);
  assert.equal(isStale(doc, navigation('reload'), 'b'), false);
});
