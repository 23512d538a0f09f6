// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps what was last seen of the guest under the "reconnecting" card. It has to be taken before
 * noVNC ends, since noVNC removes its canvas.
 */
export function createLastPicture(screen, holder) {
  return {
    take() {
      const canvas = screen.querySelector('canvas');
      if (canvas === null || canvas.width === 0 || canvas.height === 0) {
        return;
      }
      holder.width = canvas.width;
      holder.height = canvas.height;
      holder.getContext('2d').drawImage(canvas, 0, 0);
      holder.hidden = false;
    },
    drop() {
      holder.hidden = true;
      holder.width = 0;
      holder.height = 0;
    },
  };
}
