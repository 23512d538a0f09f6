// SPDX-License-Identifier: Apache-2.0

const CHORD = new Set(['Control', 'Alt', 'Shift']);

/**
 * Ctrl+Alt+Shift pressed together and released, with nothing else, takes the keyboard out of the
 * guest's screen. The guest sees harmless modifiers go down and up.
 */
export function watchLeaveChord(doc, onLeave) {
  let down = new Set();
  let complete = false;

  doc.addEventListener(
    'keydown',
    (event) => {
      if (!CHORD.has(event.key) && !(event.key === 'Meta' && event.shiftKey)) {
        complete = false;
        down = new Set();
        return;
      }
      down.add(event.code);
      complete ||= event.ctrlKey && event.altKey && event.shiftKey;
    },
    true,
  );
  doc.addEventListener(
    'keyup',
    (event) => {
      down.delete(event.code);
      if (complete && down.size === 0) {
        complete = false;
        // After the guest's own handler has sent the last key-up.
        setTimeout(onLeave, 0);
      }
    },
    true,
  );
}
