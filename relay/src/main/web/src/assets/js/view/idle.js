// SPDX-License-Identifier: Apache-2.0

/** Warns before the session ends for want of input. Any real input makes the relay call it off. */
export function createIdleWarning({ notice, text }, t, now) {
  let timer = null;
  let endsAt = 0;

  function render() {
    const seconds = Math.max(0, Math.ceil((endsAt - now()) / 1000));
    text.textContent = t('idle.text', { seconds });
  }

  return {
    show(seconds) {
      endsAt = now() + seconds * 1000;
      notice.hidden = false;
      render();
      clearInterval(timer);
      timer = setInterval(render, 1000);
    },
    hide() {
      clearInterval(timer);
      notice.hidden = true;
    },
  };
}
