// SPDX-License-Identifier: Apache-2.0
import { screenshotName } from '../i18n/format.js';

/** Picture size, full screen, screenshot. The chosen size outlives reconnects. */
export function createViewPanel(elements, { t, toast, current, guestName, closePanel }) {
  const { scales, drag, fullScreen, screenshot } = elements;
  let scale = 'fit';
  let dragging = false;

  function apply() {
    current()?.setScale(scale);
    current()?.setDragging(dragging);
    scales.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.scale === scale)));
    drag.setAttribute('aria-pressed', String(dragging));
  }

  scales.forEach((button) =>
    button.addEventListener('click', () => {
      scale = button.dataset.scale;
      apply();
    }),
  );
  drag.addEventListener('click', () => {
    dragging = !dragging;
    apply();
    closePanel();
  });
  screenshot.addEventListener('click', async () => {
    const blob = await current()?.screenshot();
    if (blob) {
      download(blob, screenshotName(guestName(), new Date()));
      toast(t('view.saved'));
    }
  });
  fullScreen.hidden = !document.fullscreenEnabled;
  fullScreen.addEventListener('click', () => {
    closePanel();
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      document.documentElement.requestFullscreen({ navigationUI: 'hide' });
    }
  });

  return {
    apply,
    setClipping(on) {
      drag.hidden = !on;
      dragging = on && dragging;
      apply();
    },
  };
}

function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
