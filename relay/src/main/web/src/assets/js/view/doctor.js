// SPDX-License-Identifier: Apache-2.0
import { icon } from './icon.js';

/** The order in which a console is opened; the first two are the page's own part of the way. */
export const STEPS = ['sign-in', 'relay', 'dns', 'tcp', 'tls', 'auth', 'privilege', 'guest', 'ticket', 'port', 'rfb'];
const STATES = new Set(['started', 'ok', 'failed']);

/** The list of steps that tick off before the picture. Remembers the failed one for the ending. */
export function createDoctor(list, t) {
  const rows = new Map();
  let failure = null;

  for (const step of STEPS) {
    const row = document.createElement('li');
    row.dataset.step = step;
    row.dataset.testid = `step-${step}`;
    const mark = document.createElement('span');
    mark.className = 'mark';
    const label = document.createElement('span');
    label.textContent = t(`steps.${step}`);
    const time = document.createElement('span');
    time.className = 'ms figures';
    row.append(mark, label, time);
    list.append(row);
    rows.set(step, { row, mark, time });
  }

  function show(step, state, ms) {
    const entry = rows.get(step);
    if (entry === undefined) {
      return;
    }
    entry.row.dataset.stepState = state;
    entry.mark.replaceChildren(markFor(state));
    entry.time.textContent = Number.isFinite(ms) && state !== 'started' ? `${Math.round(ms)} ms` : '';
  }

  return {
    reset(from = 0) {
      failure = null;
      STEPS.slice(from).forEach((step) => show(step, 'pending'));
    },
    page: show,
    /** A step message of the relay. Returns the label while a step runs. */
    step({ step, state, ms, reason }) {
      if (!rows.has(step) || !STATES.has(state)) {
        return null;
      }
      show(step, state, ms);
      failure = state === 'failed' ? { step, reason } : failure;
      return state === 'started' ? t(`steps.${step}`) : null;
    },
    get failure() {
      return failure;
    },
  };
}

function markFor(state) {
  if (state === 'ok') {
    return icon('check');
  }
  if (state === 'failed') {
    return icon('cross');
  }
  const dot = document.createElement('span');
  dot.className = 'dot';
  return dot;
}
