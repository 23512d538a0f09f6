// SPDX-License-Identifier: Apache-2.0
import { rate } from '../i18n/format.js';
import { qualityLevel } from '../socket/meter.js';

/** Signal bars and figures of the connection. */
export function createQuality({ signal, roundTrip, infoRoundTrip, infoRate, infoSize }) {
  return {
    roundTrip(ms) {
      const text = `${Math.max(1, Math.round(ms))} ms`;
      signal.dataset.level = String(qualityLevel(ms));
      roundTrip.textContent = text;
      infoRoundTrip.textContent = text;
    },
    traffic(bytesPerSecond, total) {
      infoRate.textContent = rate(bytesPerSecond);
      infoSize.textContent = rate(total).replace('/s', '');
    },
    lost() {
      signal.dataset.level = '0';
      roundTrip.textContent = '';
      infoRoundTrip.textContent = '–';
    },
  };
}
