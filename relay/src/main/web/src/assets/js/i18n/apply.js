// SPDX-License-Identifier: Apache-2.0

/** Fills the elements of the page that name their text: content, accessible name, tooltip. */
export function applyTexts(root, t) {
  for (const element of root.querySelectorAll('[data-t]')) {
    element.textContent = t(element.dataset.t);
  }
  for (const element of root.querySelectorAll('[data-t-label]')) {
    const text = t(element.dataset.tLabel);
    element.setAttribute('aria-label', text);
    element.title = text;
  }
  for (const element of root.querySelectorAll('[data-t-title]')) {
    element.title = t(element.dataset.tTitle);
  }
  for (const element of root.querySelectorAll('[data-t-placeholder]')) {
    element.placeholder = t(element.dataset.tPlaceholder);
  }
}
