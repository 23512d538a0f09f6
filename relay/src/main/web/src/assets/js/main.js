// SPDX-License-Identifier: Apache-2.0
import { createApp } from './app.js';
import { applyTexts } from './i18n/apply.js';
import { chooseLanguage } from './i18n/language.js';
import { createTranslator } from './i18n/translator.js';
import { isStale } from './session/build.js';
import { createUi } from './ui.js';
import en from '../i18n/en.json' with { type: 'json' };
import ko from '../i18n/ko.json' with { type: 'json' };

const language = chooseLanguage(navigator.languages);
const t = createTranslator({ en, ko }[language]);

document.documentElement.lang = language;
applyTexts(document, t);
document.title = t('title');

const ui = createUi(document, t, language);
const app = createApp({ ui, t, window });

// A page taken out of the back/forward cache has a dead socket and old cookies.
window.addEventListener('pageshow', (event) => event.persisted && window.location.reload());

if (isStale(document, performance)) {
  window.location.reload();
} else {
  app.run().catch((error) => {
    console.error('The console page stopped', error.name);
    ui.finish('failed', 'PageBroken');
  });
}
