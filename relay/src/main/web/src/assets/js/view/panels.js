// SPDX-License-Identifier: Apache-2.0

/** Opens one panel at a time under its button. Escape closes it and gives the keyboard back. */
export function createPanels(doc, backToScreen) {
  const buttons = new Map([...doc.querySelectorAll('[data-panel]')].map((button) => [button.dataset.panel, button]));
  let open = null;
  const listeners = [];

  function close() {
    if (open === null) {
      return;
    }
    panelOf(open).hidden = true;
    buttons.get(open).setAttribute('aria-expanded', 'false');
    open = null;
    listeners.forEach((listener) => listener(null));
  }

  function show(name) {
    close();
    open = name;
    const panel = panelOf(name);
    panel.hidden = false;
    buttons.get(name).setAttribute('aria-expanded', 'true');
    listeners.forEach((listener) => listener(name));
    panel.querySelector('textarea:not([readonly]), .panel-body button:not(:disabled, [hidden])')?.focus({ preventScroll: true });
  }

  const panelOf = (name) => doc.getElementById(`panel-${name}`);

  for (const [name, button] of buttons) {
    button.setAttribute('aria-controls', `panel-${name}`);
    button.addEventListener('click', () => (open === name ? close() : show(name)));
    const panel = panelOf(name);
    panel.setAttribute('aria-label', panel.querySelector('h2').textContent);
    panel.querySelector('.panel-close').addEventListener('click', () => {
      close();
      button.focus();
    });
  }
  doc.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open !== null && !doc.querySelector('dialog[open]')) {
      event.preventDefault();
      close();
      backToScreen();
    }
  });
  doc.getElementById('screen').addEventListener('pointerdown', close, true);

  return {
    close,
    get open() {
      return open;
    },
    onChange: (listener) => listeners.push(listener),
  };
}
