// SPDX-License-Identifier: Apache-2.0
import { clipboardBytes, MAX_CLIPBOARD_BYTES } from '../console/clipboard-text.js';

/** The clipboard panel: text from the guest, text for the guest, as far as the policy allows. */
export function createClipboardPanel(elements, { t, toast, current, clipboard }) {
  const { from, to, received, copy, text, read, send, tooLong, policyNote } = elements;
  let policy = 'None';
  let viewOnly = false;

  copy.addEventListener('click', async () => {
    try {
      await clipboard.writeText(received.value);
      toast(t('clipboard.copied'));
    } catch {
      received.select();
      toast(t('clipboard.copyFailed'));
    }
  });
  read.addEventListener('click', async () => {
    try {
      text.value = await clipboard.readText();
    } catch {
      text.focus();
      toast(t('clipboard.readFailed'));
    }
  });
  text.addEventListener('input', () => (tooLong.hidden = true));
  send.addEventListener('click', () => {
    const bytes = clipboardBytes(text.value);
    tooLong.hidden = bytes <= MAX_CLIPBOARD_BYTES;
    if (!tooLong.hidden) {
      tooLong.textContent = t('clipboard.tooLong', { size: Math.ceil(bytes / 1024) });
      return;
    }
    current()?.sendClipboard(text.value);
    toast(t('clipboard.sent'));
  });

  function render() {
    const mayReceive = policy === 'Both' || policy === 'FromGuest';
    const maySend = (policy === 'Both' || policy === 'ToGuest') && !viewOnly;
    from.hidden = !mayReceive;
    to.hidden = !maySend;
    if (!mayReceive) {
      received.value = '';
    }
    policyNote.hidden = mayReceive && maySend;
    policyNote.textContent = t(noteKey(mayReceive, maySend));
    copy.disabled = received.value === '';
  }

  return {
    setPolicy(next, isViewOnly) {
      policy = next;
      viewOnly = isViewOnly;
      render();
    },
    receive(content) {
      if (policy === 'Both' || policy === 'FromGuest') {
        received.value = content;
        render();
      }
    },
    clear() {
      received.value = '';
      render();
    },
  };
}

function noteKey(mayReceive, maySend) {
  if (mayReceive) {
    return 'clipboard.onlyFrom';
  }
  return maySend ? 'clipboard.onlyTo' : 'clipboard.none';
}
