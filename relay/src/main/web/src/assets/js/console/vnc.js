// SPDX-License-Identifier: Apache-2.0
import RFB from '../../../../node_modules/@novnc/novnc/core/rfb.js';
import { playStroke } from './keystrokes.js';
import { whenPainted } from './painted.js';

const SHIFT = { keysym: 0xffe1, code: 'ShiftLeft' };

/**
 * A VNC console in `target` on the given channel. `events`: onConnect (first picture drawn), onDisconnect(clean),
 * onName(text), onClipboard(text), onClipping(bool). View-only is left to the relay: input it drops
 * still counts as a sign of life there.
 */
export function createVncConsole(target, channel, events) {
  const rfb = new RFB(target, channel.raw, { shared: true });
  rfb.background = 'transparent';
  rfb.focusOnClick = true;
  rfb.qualityLevel = 7;
  rfb.compressionLevel = 2;

  rfb.addEventListener('connect', async () => {
    await whenPainted(target.querySelector('canvas'));
    events.onConnect();
  });
  rfb.addEventListener('disconnect', ({ detail }) => events.onDisconnect(detail.clean));
  rfb.addEventListener('securityfailure', () => events.onDisconnect(false));
  rfb.addEventListener('desktopname', ({ detail }) => events.onName(detail.name));
  rfb.addEventListener('clipboard', ({ detail }) => events.onClipboard(detail.text));
  rfb.addEventListener('clippingviewport', ({ detail }) => events.onClipping(detail));

  const sendKey = (keysym, code, down) => rfb.sendKey(keysym, code, down);

  return {
    kind: 'VNC',
    sendKey,
    sendChord: (keys) => playStroke(keys, sendKey),
    sendClipboard: (text) => rfb.clipboardPasteFrom(text),
    /** Input that no guest acts on, for "I am still here". */
    sendSignOfLife: () => playStroke([SHIFT], sendKey),
    focus: () => rfb.focus({ preventScroll: true }),
    /** 'fit' or 'actual'. */
    setScale(mode) {
      rfb.scaleViewport = mode === 'fit';
      rfb.clipViewport = mode !== 'fit';
    },
    setDragging(on) {
      rfb.dragViewport = on;
    },
    screenshot: () => new Promise((resolve) => rfb.toBlob(resolve, 'image/png')),
    dispose: () => rfb.disconnect(),
  };
}
