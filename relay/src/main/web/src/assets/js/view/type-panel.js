// SPDX-License-Identifier: Apache-2.0
import { TOGGLES, needsHangul, planKeystrokes, typeStrokes } from '../console/keystrokes.js';

const BETWEEN_STROKES_MS = 18;

/** Types a text into the guest key by key, with progress and a way to stop. */
export function createTypePanel(elements, { t, toast, current }) {
  const { text, korean, toggle, skipped, progress, bar, count, start, cancel } = elements;
  let running = null;

  function review() {
    const isVnc = current()?.kind === 'VNC';
    korean.hidden = !isVnc || !needsHangul(text.value);
    const left = isVnc ? planKeystrokes(text.value).skipped : 0;
    skipped.hidden = left === 0;
    skipped.textContent = t('type.skipped', { count: left });
  }

  async function run() {
    const target = current();
    if (target === null || running !== null || text.value === '') {
      return;
    }
    if (target.kind === 'Terminal') {
      target.paste(text.value);
      toast(t('type.done'));
      return;
    }
    const { strokes } = planKeystrokes(text.value, TOGGLES[toggle.value]);
    running = new AbortController();
    show(true);
    const finished = await typeStrokes(strokes, {
      sendKey: target.sendKey,
      pause: () => new Promise((resolve) => setTimeout(resolve, BETWEEN_STROKES_MS)),
      onProgress: (done, total) => {
        bar.max = total;
        bar.value = done;
        count.textContent = t('type.count', { done, total });
      },
      signal: running.signal,
    });
    running = null;
    show(false);
    toast(t(finished ? 'type.done' : 'type.cancelled'));
  }

  function show(busy) {
    progress.hidden = !busy;
    cancel.hidden = !busy;
    start.disabled = busy;
    text.readOnly = busy;
  }

  text.addEventListener('input', review);
  start.addEventListener('click', run);
  cancel.addEventListener('click', () => running?.abort());

  return {
    /** The connection went away: the rest must not be typed into whatever comes next. */
    stop: () => running?.abort(),
  };
}
