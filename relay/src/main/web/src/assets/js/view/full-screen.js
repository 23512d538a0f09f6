// SPDX-License-Identifier: Apache-2.0

const HIDE_AFTER_MS = 2500;
const EDGE_PX = 3;

/**
 * In full screen the bar leaves the picture alone: it comes back at the top edge, by its handle or
 * by keyboard. Keys that the desktop would keep, such as Alt+Tab, go to the guest where the browser can.
 */
export function watchFullScreen({ doc, root, handle, button, toolbar, panels, onEnter }) {
  let timer = null;

  function reveal() {
    root.dataset.bar = '';
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE_AFTER_MS);
  }

  function hide() {
    if (panels.open !== null || toolbar.some((part) => part.matches(':hover, :focus-within'))) {
      reveal();
      return;
    }
    delete root.dataset.bar;
  }

  doc.addEventListener('fullscreenchange', async () => {
    const on = doc.fullscreenElement !== null;
    root.toggleAttribute('data-full', on);
    button.setAttribute('aria-pressed', String(on));
    if (on) {
      onEnter();
      try {
        await navigator.keyboard?.lock?.();
      } catch {
        // Without the lock, the desktop keeps its own keys; the keys panel can send them.
      }
    } else {
      navigator.keyboard?.unlock?.();
    }
  });
  handle.addEventListener('click', reveal);
  doc.addEventListener('pointermove', (event) => event.clientY <= EDGE_PX && reveal(), true);
  doc.addEventListener('focusin', (event) => toolbar.some((part) => part.contains(event.target)) && reveal());
  return { reveal };
}
