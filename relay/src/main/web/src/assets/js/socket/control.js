// SPDX-License-Identifier: Apache-2.0

const MAX_LENGTH = 4096;

/**
 * Reads one control message. Anything that is not understood is null and ignored by the caller, so
 * that a newer relay can say more than this page knows.
 */
export function parseControl(text) {
  if (text.length > MAX_LENGTH) {
    return null;
  }
  try {
    const message = JSON.parse(text);
    return message !== null && typeof message === 'object' && typeof message.t === 'string' ? message : null;
  } catch {
    return null;
  }
}

/** The part of `hello` and `policy` that governs the open console; absent fields stay as they were. */
export function readPolicy(message, previous = {}) {
  return {
    viewOnly: typeof message.viewOnly === 'boolean' ? message.viewOnly : (previous.viewOnly ?? false),
    clipboard: CLIPBOARD.has(message.clipboard) ? message.clipboard : (previous.clipboard ?? 'None'),
    expiresInSeconds: count(message.expiresInSeconds),
    idleTimeoutSeconds: count(message.idleTimeoutSeconds) ?? previous.idleTimeoutSeconds ?? null,
  };
}

const CLIPBOARD = new Set(['Both', 'ToGuest', 'FromGuest', 'None']);

function count(value) {
  return Number.isFinite(value) && value >= 0 ? value : null;
}
