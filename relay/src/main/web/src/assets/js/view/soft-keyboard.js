// SPDX-License-Identifier: Apache-2.0

/** The keyboard button for touch screens; the typing itself is loaded when first wanted. */
export function watchSoftKeyboard({ button, field, current }) {
  let keyboard = null;
  const loading = () => import('../console/touch-keyboard.js');

  button.addEventListener('pointerdown', (event) => event.preventDefault());
  button.addEventListener('click', () => {
    // A phone opens its keyboard only if the focus moves right in the tap.
    field.focus();
    if (keyboard === null) {
      keyboard = loading().then(({ createTouchKeyboard }) =>
        createTouchKeyboard(field, (keysym, code, down) => current()?.sendKey(keysym, code, down)),
      );
    }
  });
}
