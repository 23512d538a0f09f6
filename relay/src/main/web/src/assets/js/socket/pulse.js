// SPDX-License-Identifier: Apache-2.0

const PING_EVERY_MS = 3000;
const DEAD_AFTER_MS = 15_000;

/**
 * Measures the round trip by ping and pong, and notices a connection that died without a word. A
 * relay that never answered a ping is never called dead for it.
 */
export function createPulse({ send, onRoundTrip, onDead, now, setTimer, clearTimer }) {
  let timer = null;
  let number = 0;
  let waitingSince = null;
  let answered = false;

  function beat() {
    if (waitingSince !== null && answered && now() - waitingSince > DEAD_AFTER_MS) {
      stop();
      onDead();
      return;
    }
    if (waitingSince === null) {
      number += 1;
      waitingSince = now();
      send({ t: 'ping', n: number });
    }
    timer = setTimer(beat, PING_EVERY_MS);
  }

  function stop() {
    clearTimer(timer);
    timer = null;
    waitingSince = null;
  }

  return {
    start() {
      stop();
      answered = false;
      beat();
    },
    stop,
    pong(n) {
      if (n === number && waitingSince !== null) {
        answered = true;
        onRoundTrip(now() - waitingSince);
        waitingSince = null;
      }
    },
  };
}
