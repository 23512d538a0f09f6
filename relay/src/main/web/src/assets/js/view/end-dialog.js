// SPDX-License-Identifier: Apache-2.0

/** Asks before a session is ended for good; `end()` resolves to whether the relay took it. */
export function createEndDialog({ button, dialog, confirm, cancel }, { t, toast, end }) {
  button.addEventListener('click', () => dialog.showModal());
  cancel.addEventListener('click', () => dialog.close());
  confirm.addEventListener('click', async () => {
    confirm.disabled = true;
    const taken = await end();
    confirm.disabled = false;
    dialog.close();
    if (!taken) {
      toast(t('end.failed'));
    }
  });
}
