// SPDX-License-Identifier: Apache-2.0

const BYTES = 16;

/**
 * The nonce that makes a repeated redeem recognisable as the same one. It outlives a reload of the
 * tab until the redeem succeeded; it is worthless without the secret, which is never stored.
 */
export function createNonceStore(storage, crypto, uid) {
  const key = `pveconsole.nonce.${uid}`;
  return {
    take() {
      const known = read(storage, key);
      if (known !== null && /^[A-Za-z0-9_-]{22}$/.test(known)) {
        return known;
      }
      const fresh = base64url(crypto.getRandomValues(new Uint8Array(BYTES)));
      attempt(() => storage.setItem(key, fresh));
      return fresh;
    },
    forget() {
      attempt(() => storage.removeItem(key));
    },
  };
}

function read(storage, key) {
  return attempt(() => storage.getItem(key)) ?? null;
}

/** Storage throws where the browser blocks it; the redeem works without, only a reload loses the nonce. */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
