// SPDX-License-Identifier: Apache-2.0

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Reads the link secret after `#`; null when there is none. The secret is 43 base64url characters. */
export function readSecret(location) {
  const fragment = location.hash.slice(1);
  return SECRET.test(fragment) ? fragment : null;
}

/** Takes the fragment out of the address bar and out of this history entry. */
export function dropFragment(location, history) {
  if (location.hash !== '') {
    history.replaceState(null, '', location.pathname + location.search);
  }
}
