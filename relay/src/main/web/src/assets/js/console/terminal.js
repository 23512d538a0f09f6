// SPDX-License-Identifier: Apache-2.0
import { FitAddon } from '../../vendor/xterm-addon-fit/addon-fit.mjs';
import { Terminal } from '../../vendor/xterm/xterm.mjs';
import { withStrictStyles } from './strict-styles.js';

const INK = { background: '#0b0e14', foreground: '#d6dbe4', cursor: '#8ab4ff', selectionBackground: '#33507d' };

/**
 * A text console in `target`. Bytes both ways are plain UTF-8 terminal data; the size goes as a
 * control message, `onResize(cols, rows)`, because the relay does the framing towards Proxmox.
 */
export function createTerminalConsole(target, channel, events) {
  const terminal = new Terminal({
    cursorBlink: true,
    fontFamily: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", "D2Coding", monospace',
    fontSize: 15,
    scrollback: 5000,
    theme: INK,
    screenReaderMode: events.screenReader ?? false,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  const encoder = new TextEncoder();

  withStrictStyles(document, () => terminal.open(target));

  channel.raw.onmessage = ({ data }) => terminal.write(new Uint8Array(data));
  channel.raw.onclose = () => events.onDisconnect(true);
  terminal.onData((text) => channel.raw.send(encoder.encode(text)));
  terminal.onBinary((text) => channel.raw.send(Uint8Array.from(text, (char) => char.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => events.onResize(cols, rows));
  const observer = new ResizeObserver(() => fit.fit());
  observer.observe(target);
  fit.fit();
  events.onResize(terminal.cols, terminal.rows);
  queueMicrotask(() => events.onConnect());

  return {
    kind: 'Terminal',
    sendBytes: (text) => channel.raw.send(encoder.encode(text)),
    /** A terminal has no input without effect; the focus lets the person press a key. */
    sendSignOfLife() {},
    paste: (text) => terminal.paste(text),
    focus: () => terminal.focus(),
    setScale() {},
    setDragging() {},
    dispose() {
      observer.disconnect();
      terminal.dispose();
    },
  };
}
