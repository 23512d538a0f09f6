// SPDX-License-Identifier: Apache-2.0

/** The state of the page as attributes of the root element: for the style sheets and for tests. */
export function createPageState(root) {
  return {
    set(state, reason) {
      root.dataset.state = state;
      if (reason === undefined) {
        delete root.dataset.reason;
      } else {
        root.dataset.reason = reason;
      }
    },
    get current() {
      return root.dataset.state;
    },
    setConsole(kind) {
      root.dataset.console = kind;
    },
  };
}
