// SPDX-License-Identifier: Apache-2.0

/** The name under which the words of an ending stand; a reason that a newer relay sends has none. */
export function endingName(t, reason) {
  return t.has(`ending.${reason}.title`) ? reason : 'Failed';
}

/** The last page: why it is over, what to do now, and a button where a button helps. */
export function createEnding(elements, t, actions) {
  const { section, icon, title, cause, cure, action, code } = elements;
  action.addEventListener('click', () => actions.reload());

  return {
    show(reason) {
      const name = endingName(t, reason);
      const text = (part) => t(`ending.${name}.${part}`);
      section.dataset.tone = text('tone');
      icon.setAttribute('href', `#i-${text('icon')}`);
      title.textContent = text('title');
      cause.textContent = text('cause');
      cure.textContent = text('cure');
      code.textContent = reason;
      action.hidden = !t.has(`ending.${name}.action`);
      if (!action.hidden) {
        action.textContent = t(`ending.${text('action')}`);
      }
      section.hidden = false;
      section.focus();
    },
  };
}
