// SPDX-License-Identifier: Apache-2.0

const WEIGHT = 0.4;

/** Bytes per second out of a growing counter, smoothed so that the figure can be read. */
export function createMeter(readCounter, now) {
  let lastCount = readCounter();
  let lastTime = now();
  let rate = 0;
  return function sample() {
    const time = now();
    const count = readCounter();
    const seconds = (time - lastTime) / 1000;
    if (seconds > 0) {
      const current = Math.max(0, count - lastCount) / seconds;
      rate = rate * (1 - WEIGHT) + current * WEIGHT;
      lastCount = count;
      lastTime = time;
    }
    return rate < 1 ? 0 : rate;
  };
}

/** 1 to 4, for the bars in the toolbar. */
export function qualityLevel(roundTripMs) {
  if (roundTripMs < 60) {
    return 4;
  }
  if (roundTripMs < 150) {
    return 3;
  }
  return roundTripMs < 350 ? 2 : 1;
}
