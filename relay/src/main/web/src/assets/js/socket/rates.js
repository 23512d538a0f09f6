// SPDX-License-Identifier: Apache-2.0
import { createMeter } from './meter.js';

const SAMPLE_EVERY_MS = 1000;

/** Feeds the figures of one channel after the other to the quality view, with one running total. */
export function createChannelRates(quality, now) {
  let total = 0;
  let timer = null;
  return {
    watch(counters) {
      const before = total;
      const sample = createMeter(() => counters.received, now);
      clearInterval(timer);
      timer = setInterval(() => {
        total = before + counters.received;
        quality.traffic(sample(), total);
      }, SAMPLE_EVERY_MS);
    },
    stop() {
      clearInterval(timer);
      quality.lost();
    },
  };
}
