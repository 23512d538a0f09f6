// SPDX-License-Identifier: Apache-2.0
/**
 * Stands in for the relay's WebSocket, so that a test says what the relay says: `fakeRelay.says({…})`
 * and `fakeRelay.closes(code, reason)`. `fakeRelay.opened` counts the page's attempts.
 */
(() => {
  const relay = { opened: 0, heard: [], last: null };
  class FakeSocket {
    constructor(url, protocols) {
      Object.assign(this, { url, protocols, readyState: 0, onmessage: null, onclose: null });
      relay.opened += 1;
      relay.last = this;
      setTimeout(() => {
        this.readyState = 1;
        relay.says({ t: 'hello', v: 1, viewer: 'x', resume: null, console: 'VNC', viewOnly: false, clipboard: 'Both', expiresInSeconds: 3600, idleTimeoutSeconds: 900 });
      }, 20);
    }
    send(data) {
      relay.heard.push(typeof data === 'string' ? data : '(bytes)');
    }
    close() {
      this.readyState = 3;
    }
  }
  relay.says = (message) => relay.last.onmessage?.({ data: JSON.stringify(message) });
  relay.closes = (code, reason) => {
    relay.last.readyState = 3;
    relay.last.onclose?.({ code, reason });
  };
  window.WebSocket = FakeSocket;
  window.fakeRelay = relay;
})();
