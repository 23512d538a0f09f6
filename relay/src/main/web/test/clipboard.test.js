// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clipboardBytes, MAX_CLIPBOARD_BYTES } from '../src/assets/js/console/clipboard-text.js';
import { pieces } from '../src/assets/js/console/pieces.js';
import { createClipboardPanel } from '../src/assets/js/view/clipboard.js';

function panel() {
  const element = () => Object.assign(new EventTarget(), { hidden: true, value: '', textContent: '' });
  const names = ['from', 'to', 'received', 'copy', 'text', 'read', 'send', 'tooLong', 'policyNote'];
  const elements = Object.fromEntries(names.map((name) => [name, element()]));
  const sent = [];
  const clipboard = createClipboardPanel(elements, {
    t: (key, values) => `${key} ${values?.size ?? ''}`,
    toast: () => {},
    current: () => ({ sendClipboard: (text) => sent.push(text) }),
    clipboard: {},
  });
  clipboard.setPolicy('Both', false);
  const send = (text) => {
    elements.text.value = text;
    elements.send.dispatchEvent(new Event('click'));
  };
  return { elements, send, sent };
}

test('a text over the limit is refused with its size before anything is sent, in any script', () => {
  const { elements, send, sent } = panel();
  const most = 'a'.repeat(MAX_CLIPBOARD_BYTES);
  for (const text of [`${most}a`, '가'.repeat(350_000), '\n'.repeat(600_000)]) {
    send(text);
    assert.equal(elements.tooLong.hidden, false);
    assert.match(elements.tooLong.textContent, /clipboard\.tooLong 1\d{3}/);
  }
  assert.deepEqual(sent, []);
  elements.text.dispatchEvent(new Event('input'));
  assert.equal(elements.tooLong.hidden, true);
  send(most);
  assert.equal(elements.tooLong.hidden, true);
  assert.deepEqual(sent, [most]);
});

test('the limit is that of the relay', () => {
  const scanner = new URL('../../java/io/pveconsole/relay/rfb/ClientMessageScanner.java', import.meta.url);
  const [, factors] = readFileSync(scanner, 'utf8').match(/MAX_CUT_TEXT = ([\d *]+);/);
  assert.equal(MAX_CLIPBOARD_BYTES, factors.split('*').reduce((product, factor) => product * Number(factor), 1));
  assert.equal(clipboardBytes('가\nb\r\n'), 8);
});

test('a long paste goes to a terminal in pieces that end with whole characters', () => {
  const text = 'aé가🙂'.repeat(500);
  const all = [...pieces(new TextEncoder().encode(text), 7)];
  assert.ok(all.length > 500 && all.every((piece) => piece.length >= 1 && piece.length <= 7));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  assert.equal(all.map((piece) => decoder.decode(piece)).join(''), text);
  assert.equal([...pieces(new Uint8Array())].length, 0);
});
