// SPDX-License-Identifier: Apache-2.0

const CTRL = { keysym: 0xffe3, code: 'ControlLeft' };
const ALT = { keysym: 0xffe9, code: 'AltLeft' };
const META = { keysym: 0xffeb, code: 'MetaLeft' };
const SHIFT = { keysym: 0xffe1, code: 'ShiftLeft' };

const key = (keysym, code) => ({ keysym, code });
const letter = (char) => key(char.charCodeAt(0), `Key${char.toUpperCase()}`);
const f = (n) => key(0xffbd + n, `F${n}`);

/** Keys that the browser or the desktop around it keeps for itself, and those a phone lacks. */
export const MODIFIERS = { ctrl: CTRL, alt: ALT, shift: SHIFT, meta: META };

export const CHORDS = [
  { id: 'ctrl-alt-del', label: 'Ctrl+Alt+Del', keys: [CTRL, ALT, key(0xffff, 'Delete')] },
  { id: 'alt-tab', label: 'Alt+Tab', keys: [ALT, key(0xff09, 'Tab')] },
  { id: 'alt-f4', label: 'Alt+F4', keys: [ALT, f(4)] },
  { id: 'ctrl-esc', label: 'Ctrl+Esc', keys: [CTRL, key(0xff1b, 'Escape')] },
  { id: 'ctrl-shift-esc', label: 'Ctrl+Shift+Esc', keys: [CTRL, SHIFT, key(0xff1b, 'Escape')] },
  { id: 'meta', label: 'Win', keys: [META] },
  { id: 'meta-l', label: 'Win+L', keys: [META, letter('l')] },
  { id: 'meta-r', label: 'Win+R', keys: [META, letter('r')] },
  { id: 'ctrl-w', label: 'Ctrl+W', keys: [CTRL, letter('w')] },
  { id: 'ctrl-c', label: 'Ctrl+C', keys: [CTRL, letter('c')] },
  { id: 'print', label: 'PrtSc', keys: [key(0xff61, 'PrintScreen')] },
  { id: 'hangul', label: '한/영', keys: [key(0xff31, 'Lang1')] },
];

export const VIRTUAL_TERMINALS = [1, 2, 3, 4, 5, 6, 7].map((n) => ({
  id: `ctrl-alt-f${n}`,
  label: `F${n}`,
  name: `Ctrl+Alt+F${n}`,
  keys: [CTRL, ALT, f(n)],
}));

export const SINGLE_KEYS = [
  { id: 'esc', label: 'Esc', keys: [key(0xff1b, 'Escape')] },
  { id: 'tab', label: 'Tab', keys: [key(0xff09, 'Tab')] },
  { id: 'enter', label: 'Enter', keys: [key(0xff0d, 'Enter')] },
  { id: 'del', label: 'Del', keys: [key(0xffff, 'Delete')] },
  { id: 'left', label: '←', name: 'Left', keys: [key(0xff51, 'ArrowLeft')] },
  { id: 'up', label: '↑', name: 'Up', keys: [key(0xff52, 'ArrowUp')] },
  { id: 'down', label: '↓', name: 'Down', keys: [key(0xff54, 'ArrowDown')] },
  { id: 'right', label: '→', name: 'Right', keys: [key(0xff53, 'ArrowRight')] },
];

/** What a terminal understands instead of key presses. */
export const TERMINAL_KEYS = [
  { id: 'ctrl-c', label: 'Ctrl+C', bytes: '\x03' },
  { id: 'ctrl-d', label: 'Ctrl+D', bytes: '\x04' },
  { id: 'ctrl-z', label: 'Ctrl+Z', bytes: '\x1a' },
  { id: 'ctrl-w', label: 'Ctrl+W', bytes: '\x17' },
  { id: 'esc', label: 'Esc', bytes: '\x1b' },
  { id: 'tab', label: 'Tab', bytes: '\t' },
  { id: 'left', label: '←', name: 'Left', bytes: '\x1b[D' },
  { id: 'up', label: '↑', name: 'Up', bytes: '\x1b[A' },
  { id: 'down', label: '↓', name: 'Down', bytes: '\x1b[B' },
  { id: 'right', label: '→', name: 'Right', bytes: '\x1b[C' },
];
