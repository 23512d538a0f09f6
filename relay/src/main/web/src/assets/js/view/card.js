// SPDX-License-Identifier: Apache-2.0

/** Reasons about the host that mean the same to somebody who only uses a console. */
const ONE_TEXT = {
  Starting: 'Unavailable',
  SettingsInvalid: 'NotSetUp',
  CaInvalid: 'NotSetUp',
  CaMissing: 'NotSetUp',
  CredentialsInvalid: 'NotSetUp',
  CredentialsMissing: 'NotSetUp',
};

/** The key of the words for a reason to wait; the step's words stand in for a reason without any. */
export function waitingKey(t, reason, step) {
  const keys = [`wait.${ONE_TEXT[reason] ?? reason}`, `wait.step-${step}`];
  return keys.find((key) => t.has(`${key}.why`)) ?? 'wait.other';
}

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
      const key = waitingKey(t, reason, step);
      why.textContent = t(`${key}.why`);
      cure.textContent = t(`${key}.cure`);
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
