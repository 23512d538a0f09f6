// SPDX-License-Identifier: Apache-2.0

/** `1:04:09` or `9:05`: hours only when there are any. */
export function clock(totalSeconds) {
  const seconds = Math.max(0, Math.floor(totalSeconds));
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = String(seconds % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** A transfer rate in the unit that keeps it short. */
export function rate(bytesPerSecond) {
  if (bytesPerSecond < 1000) {
    return `${Math.round(bytesPerSecond)} B/s`;
  }
  if (bytesPerSecond < 1_000_000) {
    return `${Math.round(bytesPerSecond / 1000)} kB/s`;
  }
  return `${(bytesPerSecond / 1_000_000).toFixed(1)} MB/s`;
}

/** A name for a downloaded picture, made only of characters that every file system takes. */
export function screenshotName(guest, date) {
  const safe = guest.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '').slice(0, 60);
  const stamp = date.toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
  return `${safe || 'console'}_${stamp}.png`;
}
