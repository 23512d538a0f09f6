// SPDX-License-Identifier: Apache-2.0
import { createLastPicture } from './console/last-picture.js';
import { moveByArrows } from './view/arrow-keys.js';
import { createCard } from './view/card.js';
import { createClipboardPanel } from './view/clipboard.js';
import { createDoctor } from './view/doctor.js';
import { createEndDialog } from './view/end-dialog.js';
import { createEnding } from './view/ending.js';
import { watchFullScreen } from './view/full-screen.js';
import { createIdleWarning } from './view/idle.js';
import { createKeysPanel } from './view/keys-panel.js';
import { watchLeaveChord } from './view/leave-chord.js';
import { createPageState } from './view/page-state.js';
import { createPanels } from './view/panels.js';
import { createQuality } from './view/quality.js';
import { watchSoftKeyboard } from './view/soft-keyboard.js';
import { createTimeLeft } from './view/time-left.js';
import { createToasts } from './view/toasts.js';
import { createTypePanel } from './view/type-panel.js';
import { createViewPanel } from './view/view-panel.js';

/**
 * Builds every part of the page and joins them. `ui.console` is the open console or null,
 * `ui.terminal` a terminal that outlives its connection.
 */
export function createUi(doc, t, language) {
  const $ = (id) => doc.getElementById(id);
  const root = doc.documentElement;
  const now = () => performance.now();
  const toast = createToasts($('toasts'));
  const current = () => ui.console;
  const page = createPageState(root);
  const panels = createPanels(doc, () => current()?.focus());
  const lastPicture = createLastPicture($('screen'), $('last-picture'));

  const ui = {
    console: null,
    terminal: null,
    screen: $('screen'),
    page,
    panels,
    lastPicture,
    toast,
    retryButton: $('retry-now'),
    doctor: createDoctor($('steps'), t),
    card: createCard(
      { card: $('card'), title: $('card-title'), now: $('card-now'), problem: $('card-problem'), why: $('card-why'), cure: $('card-cure'), retry: $('card-retry'), countdown: $('card-countdown') },
      t,
    ),
    quality: createQuality({ signal: $('signal'), roundTrip: $('round-trip'), infoRoundTrip: $('info-rtt'), infoRate: $('info-rate'), infoSize: $('info-size') }),
    timeLeft: createTimeLeft(
      { button: doc.querySelector('[data-panel="time"]'), label: $('time-left'), text: $('time-text'), idle: $('time-idle') },
      { t, toast, now, language },
    ),
    idle: createIdleWarning({ notice: $('idle'), text: $('idle-text') }, t, now),
    keys: createKeysPanel({ chords: $('chords'), virtualTerminals: $('virtual-terminals'), singleKeys: $('single-keys'), modifiers: $('modifiers') }, current),
    clipboard: createClipboardPanel(
      { from: $('clip-from'), to: $('clip-to'), received: $('clip-received'), copy: $('clip-copy'), text: $('clip-send-text'), read: $('clip-read'), send: $('clip-send'), tooLong: $('clip-too-long'), policyNote: $('clip-policy') },
      { t, toast, current, clipboard: navigator.clipboard },
    ),
    typing: createTypePanel(
      { text: $('type-text'), korean: $('type-korean'), toggle: $('type-toggle'), skipped: $('type-skipped'), progress: $('type-progress'), bar: $('type-bar'), count: $('type-count'), start: $('type-start'), cancel: $('type-cancel') },
      { t, toast, current },
    ),
    view: createViewPanel(
      { scales: [...doc.querySelectorAll('[data-scale]')], drag: $('drag'), fullScreen: $('full-screen'), screenshot: $('screenshot') },
      { t, toast, current, guestName: () => $('guest-name').textContent, closePanel: panels.close },
    ),
    setGuestName(name) {
      $('guest-name').textContent = name;
      doc.title = t('titleOf', { name });
    },
    setViewOnly(on) {
      $('view-only').hidden = !on;
      doc.querySelectorAll('[data-denied]').forEach((note) => (note.hidden = !on));
      doc.querySelectorAll('.input-key, #type-start').forEach((button) => (button.disabled = on));
    },
    onEnd(end) {
      createEndDialog({ button: $('end'), dialog: $('end-dialog'), confirm: $('end-confirm'), cancel: $('end-cancel') }, { t, toast, end });
    },
    /** The last word of the page: `state` is 'ended' or 'failed'. */
    finish(state, reason) {
      panels.close();
      $('end-dialog').close();
      ui.idle.hide();
      ui.card.hide();
      lastPicture.drop();
      page.set(state, reason);
      if (doc.fullscreenElement) {
        doc.exitFullscreen();
      }
      ending.show(reason);
    },
  };

  const ending = createEnding(
    { section: $('ending'), icon: $('ending-icon'), title: $('ending-title'), cause: $('ending-cause'), cure: $('ending-cure'), action: $('ending-action'), code: $('ending-code') },
    t,
    { reload: () => doc.defaultView.location.reload() },
  );
  const bar = watchFullScreen({
    doc,
    root,
    handle: $('bar-handle'),
    button: $('full-screen'),
    toolbar: [$('title'), $('tools'), $('status')],
    panels,
    onEnter: () => toast(t('view.fullHint')),
  });
  moveByArrows($('tools'));
  watchLeaveChord(doc, () => {
    bar.reveal();
    $('tools').querySelector('button').focus();
  });
  watchSoftKeyboard({ button: $('soft-keyboard'), field: $('soft-input'), current });
  $('idle-stay').addEventListener('click', () => {
    current()?.sendSignOfLife();
    current()?.focus();
  });
  return ui;
}
