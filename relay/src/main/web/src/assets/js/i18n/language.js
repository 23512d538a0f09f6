// SPDX-License-Identifier: Apache-2.0

export const LANGUAGES = ['en', 'ko'];

/** The first of the reader's languages that the page speaks; English otherwise. */
export function chooseLanguage(wanted) {
  for (const tag of wanted ?? []) {
    const base = String(tag).toLowerCase().split('-')[0];
    if (LANGUAGES.includes(base)) {
      return base;
    }
  }
  return 'en';
}
