// SPDX-License-Identifier: Apache-2.0

/** The last page: why it is over, what to do now, and a button where a button helps. */
export function createEnding(elements, t, actions) {
  const { section, icon, title, cause, cure, action, code } = elements;
  action.addEventListener('click', () => actions.reload());

  return {
    show(reason) {
      const known = t.has(`ending.${reason}.title`) ? reason : 'Failed';
      const text = (part) => t.first(`ending.${known}.${part}`);
      section.dataset.tone = text('tone');
      icon.setAttribute('href', `#i-${text('icon')}`);
      title.textContent = text('title');
      cause.textContent = text('cause');
      cure.textContent = text('cure');
      code.textContent = reason;
      const actionKey = text('action');
      action.hidden = actionKey === '';
      if (actionKey !== '') {
        action.textContent = t(`ending.${actionKey}`);
      }
      section.hidden = false;
      section.focus();
    },
  };
}
