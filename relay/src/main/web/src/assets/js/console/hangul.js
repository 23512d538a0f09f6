// SPDX-License-Identifier: Apache-2.0

const FIRST = 0xac00;
const LAST = 0xd7a3;
const MEDIALS = 21;
const FINALS = 28;

/** Keys of the two-set (dubeolsik) layout, in the order in which Unicode counts the letters. */
const INITIAL_KEYS = ['r', 'R', 's', 'e', 'E', 'f', 'a', 'q', 'Q', 't', 'T', 'd', 'w', 'W', 'c', 'z', 'x', 'v', 'g'];
const MEDIAL_KEYS = [
  'k', 'o', 'i', 'O', 'j', 'p', 'u', 'P', 'h', 'hk', 'ho', 'hl', 'y', 'n', 'nj', 'np', 'nl', 'b', 'm', 'ml', 'l',
];
const FINAL_KEYS = [
  '', 'r', 'R', 'rt', 's', 'sw', 'sg', 'e', 'f', 'fr', 'fa', 'fq', 'ft', 'fx', 'fv', 'fg', 'a', 'q', 'qt', 't',
  'T', 'd', 'w', 'c', 'z', 'x', 'v', 'g',
];

/** Letters on their own: U+3131 to U+3163. */
const LETTER_KEYS = [
  'r', 'R', 'rt', 's', 'sw', 'sg', 'e', 'E', 'f', 'fr', 'fa', 'fq', 'ft', 'fx', 'fv', 'fg', 'a', 'q', 'Q', 'qt',
  't', 'T', 'd', 'w', 'W', 'c', 'z', 'x', 'v', 'g', ...MEDIAL_KEYS,
];
const FIRST_LETTER = 0x3131;

/** The keys that a Korean input method turns into this syllable or letter, or null. */
export function hangulKeys(char) {
  const point = char.codePointAt(0);
  if (point >= FIRST && point <= LAST) {
    const index = point - FIRST;
    const initial = Math.floor(index / (MEDIALS * FINALS));
    const medial = Math.floor(index / FINALS) % MEDIALS;
    return INITIAL_KEYS[initial] + MEDIAL_KEYS[medial] + FINAL_KEYS[index % FINALS];
  }
  return LETTER_KEYS[point - FIRST_LETTER] ?? null;
}
