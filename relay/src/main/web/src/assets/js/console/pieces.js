// SPDX-License-Identifier: Apache-2.0

/** One message for what is typed, several for a long paste: the relay refuses messages of any length. */
const MOST = 64 * 1024;

/** The bytes in pieces that end with whole UTF-8 characters. */
export function* pieces(bytes, most = MOST) {
  let at = 0;
  while (at < bytes.length) {
    let end = Math.min(at + most, bytes.length);
    while (end < bytes.length && end > at + 1 && (bytes[end] & 0xc0) === 0x80) {
      end -= 1;
    }
    yield bytes.subarray(at, end);
    at = end;
  }
}
