// SPDX-License-Identifier: Apache-2.0

/**
 * Starts the page. If a part of it cannot be loaded, which can be while relays are replaced one by
 * one, a reload mends it; if it does not, the page says so without any of its parts.
 */
import('./main.js').catch(() => {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') {
    window.location.reload();
    return;
  }
  const root = document.documentElement;
  root.dataset.state = 'failed';
  root.dataset.reason = 'PageBroken';
  document.getElementById('broken').hidden = false;
});
