// SPDX-License-Identifier: Apache-2.0
import { createApp } from './app.js';
import { applyTexts } from './i18n/apply.js';
import { chooseLanguage } from './i18n/language.js';
import { createTranslator } from './i18n/translator.js';
import { createUi } from './ui.js';

const language = chooseLanguage(navigator.languages);
const strings = await (await fetch(new URL(`../i18n/${language}.json`, import.meta.url))).json();
const t = createTranslator(strings);

document.documentElement.lang = language;
applyTexts(document, t);
document.title = t('title');

const ui = createUi(document, t, language);
const app = createApp({ ui, t, window });

// A page taken out of the back/forward cache has a dead socket and old cookies.
window.addEventListener('pageshow', (event) => event.persisted && window.location.reload());

app.run().catch((error) => {
  console.error('The console page stopped', error.name);
  ui.finish('failed', 'PageBroken');
});
