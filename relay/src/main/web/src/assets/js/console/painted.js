// SPDX-License-Identifier: Apache-2.0

const LOOK_EVERY_MS = 30;
const GIVE_UP_MS = 15_000;
const PROBE = 8;

/**
 * Resolves when something has been drawn: an untouched canvas is transparent, a drawn one is not,
 * even where it is black. Gives up waiting after a while, for a guest that sends no picture yet.
 */
export function whenPainted(canvas) {
  const probe = document.createElement('canvas');
  probe.width = PROBE;
  probe.height = PROBE;
  const context = probe.getContext('2d', { willReadFrequently: true });
  const until = performance.now() + GIVE_UP_MS;

  function painted() {
    if (canvas.width === 0 || canvas.height === 0) {
      return false;
    }
    context.clearRect(0, 0, PROBE, PROBE);
    context.drawImage(canvas, 0, 0, PROBE, PROBE);
    const { data } = context.getImageData(0, 0, PROBE, PROBE);
    return data.some((value, at) => at % 4 === 3 && value > 0);
  }

  return new Promise((resolve) => {
    const look = () => (painted() || performance.now() > until ? resolve() : setTimeout(look, LOOK_EVERY_MS));
    look();
  });
}
