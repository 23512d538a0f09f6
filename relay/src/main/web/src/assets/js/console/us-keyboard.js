// SPDX-License-Identifier: Apache-2.0

const PLAIN = "`1234567890-=[]\\;',./";
const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';
const CODES = [
  'Backquote', 'Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8',
  'Digit9', 'Digit0', 'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon',
  'Quote', 'Comma', 'Period', 'Slash',
];

const TAB = { keysym: 0xff09, code: 'Tab', shift: false };
const ENTER = { keysym: 0xff0d, code: 'Enter', shift: false };

/** The key of a US keyboard that types this character, or null. */
export function usKey(char) {
  if (char === '\n') {
    return ENTER;
  }
  if (char === '\t') {
    return TAB;
  }
  if (char === ' ') {
    return { keysym: 0x20, code: 'Space', shift: false };
  }
  if (/^[a-z]$/i.test(char)) {
    const upper = char.toUpperCase();
    return { keysym: char.charCodeAt(0), code: `Key${upper}`, shift: char === upper };
  }
  const plain = PLAIN.indexOf(char);
  if (plain >= 0) {
    return { keysym: char.charCodeAt(0), code: CODES[plain], shift: false };
  }
  const shifted = SHIFTED.indexOf(char);
  return shifted >= 0 ? { keysym: char.charCodeAt(0), code: CODES[shifted], shift: true } : null;
}
