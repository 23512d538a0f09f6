// SPDX-License-Identifier: Apache-2.0

/** The card over the stage while there is no live picture: what happens, what went wrong, when next. */
export function createCard(elements, t) {
  const { card, title, now, problem, why, cure, retry, countdown } = elements;

  return {
    progress(titleKey, detail = '') {
      card.hidden = false;
      delete card.dataset.waiting;
      title.textContent = t(titleKey);
      now.textContent = detail;
      retry.hidden = true;
      problem.hidden = true;
    },
    detail(text) {
      now.textContent = text;
    },
    /** `reason` is a name out of a fixed set, `step` the doctor's failed step or null. */
    waiting(titleKey, reason, step) {
      card.hidden = false;
      card.dataset.waiting = '';
      title.textContent = t(titleKey);
      now.textContent = '';
      const base = ['wait.' + reason, `wait.step-${step}`, 'wait.other'];
      why.textContent = t.first(...base.map((key) => `${key}.why`));
      cure.textContent = t.first(...base.map((key) => `${key}.cure`));
      problem.hidden = false;
      retry.hidden = false;
    },
    tick(seconds) {
      countdown.textContent = t('retry.in', { seconds });
    },
    hide() {
      card.hidden = true;
    },
  };
}
