// SPDX-License-Identifier: Apache-2.0

/** Starts the page, and says so without any of its parts if one of them cannot be loaded. */
import('./main.js').catch(() => {
  const root = document.documentElement;
  root.dataset.state = 'failed';
  root.dataset.reason = 'PageBroken';
  document.getElementById('broken').hidden = false;
});
