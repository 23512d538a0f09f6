// SPDX-License-Identifier: Apache-2.0
import { clock } from '../i18n/format.js';

const WARN_AT = [300, 60];

/** Counts down to the end of the session and warns twice. The relay alone decides when it ends. */
export function createTimeLeft(elements, { t, toast, now, language }) {
  const { button, label, text, idle } = elements;
  const timeOfDay = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  let endsAt = null;
  let warned = new Set();

  const left = () => Math.max(0, (endsAt - now()) / 1000);
  const endTime = () => timeOfDay.format(new Date(Date.now() + left() * 1000));

  function render() {
    if (endsAt === null) {
      return;
    }
    const seconds = left();
    label.textContent = clock(seconds);
    text.textContent = t('time.until', { time: endTime(), left: clock(seconds) });
    button.dataset.urgent = urgency(seconds);
    for (const limit of WARN_AT) {
      if (seconds <= limit && seconds > limit - 5 && !warned.has(limit)) {
        warned.add(limit);
        toast(t('time.soon', { left: clock(seconds) }));
      }
    }
  }

  setInterval(render, 1000);

  return {
    set(expiresInSeconds, idleTimeoutSeconds) {
      if (expiresInSeconds !== null) {
        const before = endsAt;
        endsAt = now() + expiresInSeconds * 1000;
        warned = new Set(WARN_AT.filter((limit) => expiresInSeconds < limit - 5));
        if (before !== null && endsAt - before > EXTENDED_MS) {
          toast(t('time.extended', { time: endTime() }));
        }
      }
      idle.hidden = idleTimeoutSeconds === null || idleTimeoutSeconds === 0;
      if (!idle.hidden) {
        idle.textContent = t('time.idle', { left: clock(idleTimeoutSeconds) });
      }
      render();
    },
  };
}

/** Less than this is rounding, not an extension. */
const EXTENDED_MS = 20_000;

function urgency(seconds) {
  if (seconds <= 60) {
    return 'now';
  }
  return seconds <= 300 ? 'soon' : '';
}
