// SPDX-License-Identifier: Apache-2.0
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { pieces } from './pieces.js';
import { withStrictStyles } from './strict-styles.js';

const INK = { background: '#0b0e14', foreground: '#d6dbe4', cursor: '#8ab4ff', selectionBackground: '#33507d' };
const SOFT_RESET = '\x1b[!p\r\n';

/**
 * A text console in `target`. Bytes both ways are plain UTF-8 terminal data; the size goes as a
 * control message, `onResize(cols, rows)`, because the relay does the framing towards Proxmox. It
 * stays when the connection is lost, with what was read so far, and `rebind` gives it a new one.
 */
export function createTerminalConsole(target, channel, events) {
  const terminal = new Terminal({
    cursorBlink: true,
    fontFamily: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", "D2Coding", monospace',
    fontSize: 15,
    scrollback: 5000,
    theme: INK,
  });
  const fit = new FitAddon();
  const encoder = new TextEncoder();
  let line = channel;
  let hear = events;

  function type(text) {
    for (const piece of pieces(encoder.encode(text))) {
      line.raw.send(piece);
    }
  }

  function bind() {
    line.raw.onmessage = ({ data }) => terminal.write(new Uint8Array(data));
    hear.onResize(terminal.cols, terminal.rows);
    queueMicrotask(() => hear.onConnect());
  }

  terminal.loadAddon(fit);
  withStrictStyles(document, () => terminal.open(target));
  terminal.onData(type);
  terminal.onBinary((text) => line.raw.send(Uint8Array.from(text, (char) => char.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => hear.onResize(cols, rows));
  new ResizeObserver(() => fit.fit()).observe(target);
  fit.fit();
  bind();

  return {
    kind: 'Terminal',
    sendBytes: type,
    /** A terminal has no input without effect; the focus lets the person press a key. */
    sendSignOfLife() {},
    paste: (text) => terminal.paste(text),
    focus: () => terminal.focus(),
    setScale() {},
    setDragging() {},
    rebind(nextChannel, nextEvents) {
      line = nextChannel;
      hear = nextEvents;
      terminal.write(SOFT_RESET);
      bind();
    },
    dispose() {},
  };
}
