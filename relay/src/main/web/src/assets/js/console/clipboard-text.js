// SPDX-License-Identifier: Apache-2.0

/** What the relay lets pass; at more it would close the socket. */
export const MAX_CLIPBOARD_BYTES = 1 << 20;

/** The length on the wire before compression: UTF-8 with the line ends of RFB's clipboard. */
export function clipboardBytes(text) {
  return new TextEncoder().encode(text.replace(/\r\n|\r|\n/g, '\r\n')).length;
}
