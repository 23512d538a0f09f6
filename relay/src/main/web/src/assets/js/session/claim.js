// SPDX-License-Identifier: Apache-2.0

/**
 * Which tab of this browser the person opened last: that one shows the console, and an older one
 * that waits for its next try must not take it back. The newest tab holds a Web Lock, which it takes
 * from the one before; closing a tab gives it back. Where Web Locks are missing or forbidden every
 * tab goes on.
 */
export function createClaim({ locks, name, onLost }) {
  let release = null;

  function held(options) {
    return new Promise((resolve) => {
      locks
        .request(name, options, (lock) => {
          if (lock === null) {
            resolve(false);
            return undefined;
          }
          return new Promise((done) => {
            release = done;
            resolve(true);
          });
        })
        .catch(({ name: what }) => {
          const stolen = what === 'AbortError';
          release = stolen ? null : () => {};
          resolve(!stolen);
          if (stolen) {
            onLost();
          }
        });
    });
  }

  return {
    /** The person asks for the console in this tab. */
    async take() {
      if (locks) {
        await held({ steal: true });
      }
    },
    /** Whether no newer tab is there. */
    async keep() {
      return !locks || release !== null || held({ ifAvailable: true });
    },
    give() {
      release?.();
      release = null;
    },
  };
}
