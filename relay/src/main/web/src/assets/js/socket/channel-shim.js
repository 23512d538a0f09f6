// SPDX-License-Identifier: Apache-2.0

const MAX_EARLY_BYTES = 1 << 20;

/**
 * What noVNC and the terminal get instead of a WebSocket: console bytes only, control messages are
 * split off before. The socket behind it can be replaced while the console goes on; noVNC looks for
 * its properties as own keys, hence a plain object.
 */
export function createChannel() {
  let socket = null;
  let handler = null;
  let early = [];
  let earlyBytes = 0;
  const counters = { received: 0, sent: 0 };

  const flush = () => {
    while (handler !== null && early.length > 0) {
      const data = early.shift();
      earlyBytes -= data.byteLength;
      handler({ data });
    }
  };

  const raw = {
    binaryType: 'arraybuffer',
    protocol: 'pveconsole.v1',
    readyState: WebSocketState.OPEN,
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    send(data) {
      if (socket !== null && socket.readyState === WebSocketState.OPEN) {
        // noVNC reuses its buffer after send returns.
        const copy = new Uint8Array(data).slice();
        counters.sent += copy.byteLength;
        socket.send(copy);
      }
    },
    close() {
      if (raw.readyState !== WebSocketState.CLOSED) {
        raw.readyState = WebSocketState.CLOSED;
        queueMicrotask(() => raw.onclose?.({ code: 1000, reason: '' }));
      }
    },
  };
  Object.defineProperty(raw, 'onmessage', {
    enumerable: true,
    get: () => handler,
    set(next) {
      handler = next;
      queueMicrotask(flush);
    },
  });

  return {
    raw,
    counters,
    attach(next) {
      socket = next;
    },
    detach() {
      socket = null;
    },
    /** Console bytes from the relay. Returns false when far too much came before anyone listened. */
    deliver(data) {
      counters.received += data.byteLength;
      if (handler !== null && early.length === 0) {
        handler({ data });
        return true;
      }
      early.push(data);
      earlyBytes += data.byteLength;
      queueMicrotask(flush);
      return earlyBytes <= MAX_EARLY_BYTES;
    },
    /** Tells the console above that no byte will come any more. */
    finish(code, reason) {
      socket = null;
      early = [];
      if (raw.readyState !== WebSocketState.CLOSED) {
        raw.readyState = WebSocketState.CLOSED;
        raw.onclose?.({ code, reason });
      }
    },
  };
}

/** The numbers of WebSocket.readyState, usable where no WebSocket exists. */
export const WebSocketState = Object.freeze({ CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
