// SPDX-License-Identifier: Apache-2.0
import keysyms from '../../../../node_modules/@novnc/novnc/core/input/keysymdef.js';
import { planKeystrokes, playStroke, needsHangul } from './keystrokes.js';
import { usKey } from './us-keyboard.js';

const PADDING = '\u200b'.repeat(24);
const BACKSPACE = { keysym: 0xff08, code: 'Backspace' };

/**
 * Types into the guest from a phone's on-screen keyboard. Such keyboards send no key codes, so the
 * text of a hidden field is compared; padding gives backspace something to delete.
 */
export function createTouchKeyboard(field, sendKey) {
  let seen = PADDING;
  let composing = false;

  function reset() {
    field.value = PADDING;
    seen = PADDING;
    field.setSelectionRange(PADDING.length, PADDING.length);
  }

  function compare() {
    if (composing) {
      return;
    }
    const text = field.value;
    let same = 0;
    while (same < seen.length && same < text.length && seen[same] === text[same]) {
      same += 1;
    }
    for (let n = seen.length - same; n > 0; n -= 1) {
      playStroke([BACKSPACE], sendKey);
    }
    typeText(text.slice(same).replaceAll('\u200b', ''), sendKey);
    reset();
  }

  field.addEventListener('compositionstart', () => {
    composing = true;
  });
  field.addEventListener('compositionend', () => {
    composing = false;
    compare();
  });
  field.addEventListener('input', compare);
  field.addEventListener('focus', reset);
  reset();
  return { show: () => field.focus(), hide: () => field.blur() };
}

function typeText(text, sendKey) {
  if (needsHangul(text)) {
    planKeystrokes(text).strokes.forEach((stroke) => playStroke(stroke, sendKey));
    return;
  }
  for (const char of text) {
    const key = usKey(char);
    if (key !== null) {
      planKeystrokes(char).strokes.forEach((stroke) => playStroke(stroke, sendKey));
    } else {
      playStroke([{ keysym: keysyms.lookup(char.codePointAt(0)), code: undefined }], sendKey);
    }
  }
}
