// SPDX-License-Identifier: Apache-2.0

const SHOWN_MS = 4500;

/** Short messages at the foot of the stage; a screen reader hears them as they come. */
export function createToasts(holder) {
  return function toast(text) {
    const element = document.createElement('div');
    element.className = 'toast';
    element.textContent = text;
    holder.append(element);
    while (holder.childElementCount > 3) {
      holder.firstElementChild.remove();
    }
    setTimeout(() => element.remove(), SHOWN_MS);
  };
}
