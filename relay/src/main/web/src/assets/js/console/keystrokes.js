// SPDX-License-Identifier: Apache-2.0
import { hangulKeys } from './hangul.js';
import { usKey } from './us-keyboard.js';

/** What switches a Korean input method in the guest between English and Hangul. */
export const TOGGLES = {
  hangul: [{ keysym: 0xff31, code: 'Lang1' }],
  rightAlt: [{ keysym: 0xffea, code: 'AltRight' }],
  shiftSpace: [
    { keysym: 0xffe1, code: 'ShiftLeft' },
    { keysym: 0x20, code: 'Space' },
  ],
};

const SHIFT = { keysym: 0xffe1, code: 'ShiftLeft' };

/**
 * Turns text into key presses, each a list of keys held together. `skipped` counts characters that
 * neither a US keyboard nor a Korean input method can type. The guest starts and ends in English.
 */
export function planKeystrokes(text, toggle = TOGGLES.hangul) {
  const strokes = [];
  let skipped = 0;
  let korean = false;

  const switchTo = (wanted) => {
    if (korean !== wanted) {
      strokes.push(toggle);
      korean = wanted;
    }
  };
  const press = (key) => strokes.push(key.shift ? [SHIFT, key] : [key]);

  for (const char of text.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\r', '\n')) {
    const hangul = hangulKeys(char);
    if (hangul !== null) {
      switchTo(true);
      [...hangul].forEach((letter) => press(usKey(letter)));
      continue;
    }
    const key = usKey(char);
    if (key === null) {
      skipped += 1;
      continue;
    }
    // Letters depend on the mode; all other keys type the same in both.
    if (/^[a-z]$/i.test(char)) {
      switchTo(false);
    }
    press(key);
  }
  switchTo(false);
  return { strokes, skipped };
}

export function needsHangul(text) {
  return [...text.normalize('NFC')].some((char) => hangulKeys(char) !== null);
}

/** Presses the keys of one stroke in order and releases them in the opposite order. */
export function playStroke(stroke, sendKey) {
  stroke.forEach((key) => sendKey(key.keysym, key.code, true));
  stroke.toReversed().forEach((key) => sendKey(key.keysym, key.code, false));
}

/**
 * Types the plan with a pause after each stroke, since a guest that polls its keyboard loses keys
 * that come faster. Resolves to whether it was typed to the end.
 */
export async function typeStrokes(strokes, { sendKey, pause, onProgress, signal }) {
  for (let at = 0; at < strokes.length; at += 1) {
    if (signal.aborted) {
      return false;
    }
    playStroke(strokes[at], sendKey);
    onProgress(at + 1, strokes.length);
    await pause();
  }
  return !signal.aborted;
}
