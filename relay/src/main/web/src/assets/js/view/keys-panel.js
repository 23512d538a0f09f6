// SPDX-License-Identifier: Apache-2.0
import { CHORDS, MODIFIERS, SINGLE_KEYS, TERMINAL_KEYS, VIRTUAL_TERMINALS } from '../console/chords.js';

const MODIFIER_LABELS = { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', meta: 'Win' };

/** Buttons for keys that the browser keeps for itself. `current()` is the open console or null. */
export function createKeysPanel(elements, current) {
  const { chords, virtualTerminals, singleKeys, modifiers } = elements;
  const held = new Map();
  let built = null;

  function build(kind) {
    if (built === kind) {
      return;
    }
    built = kind;
    if (kind === 'Terminal') {
      fill(chords, TERMINAL_KEYS, (key) => current()?.sendBytes(key.bytes));
      return;
    }
    const send = (key) => current()?.sendChord(key.keys);
    fill(chords, CHORDS, send);
    fill(virtualTerminals, VIRTUAL_TERMINALS, send);
    fill(singleKeys, SINGLE_KEYS, send);
    modifiers.replaceChildren(...Object.keys(MODIFIERS).map(holdButton));
  }

  function holdButton(id) {
    const button = keycap({ id: `hold-${id}`, label: MODIFIER_LABELS[id] });
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      const down = !held.has(id);
      const { keysym, code } = MODIFIERS[id];
      current()?.sendKey(keysym, code, down);
      button.setAttribute('aria-pressed', String(down));
      if (down) {
        held.set(id, button);
      } else {
        held.delete(id);
      }
    });
    return button;
  }

  return {
    build,
    /** Forgets held keys: the guest of a new connection holds none. */
    reset() {
      held.forEach((button) => button.setAttribute('aria-pressed', 'false'));
      held.clear();
    },
  };
}

function fill(holder, keys, send) {
  holder.replaceChildren(
    ...keys.map((key) => {
      const button = keycap(key);
      button.addEventListener('click', () => send(key));
      return button;
    }),
  );
}

function keycap({ id, label, name }) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'keycap input-key';
  button.dataset.testid = `key-${id}`;
  button.textContent = label;
  if (name !== undefined) {
    button.setAttribute('aria-label', name);
  }
  return button;
}
