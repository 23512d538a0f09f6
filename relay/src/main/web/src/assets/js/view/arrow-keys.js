// SPDX-License-Identifier: Apache-2.0

/** Left and right move between the buttons of a toolbar, as its role promises. */
export function moveByArrows(toolbar) {
  toolbar.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const buttons = [...toolbar.querySelectorAll('button')].filter((button) => button.offsetParent !== null);
    const at = buttons.indexOf(event.target);
    if (step !== undefined && at >= 0) {
      event.preventDefault();
      buttons.at((at + step) % buttons.length).focus();
    }
  });
}
