// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pageModules } from '../build/module-graph.mjs';

test('the page preloads exactly what it imports; "npm run preloads" rewrites the list', () => {
  const html = readFileSync(new URL('../src/index.html', import.meta.url), 'utf8');
  const listed = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, href]) => href);
  assert.deepEqual(listed, pageModules());
  assert.ok(listed.includes('../assets/vendor/novnc/core/rfb.js'));
});

test('the page refers to its own assets only, and runs nothing inline', () => {
  const html = readFileSync(new URL('../src/index.html', import.meta.url), 'utf8');
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    assert.match(address, /^(?:#i-|\.\.\/assets\/)/);
  }
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});
