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
  let ahead = new Uint8Array();
  const counters = { received: 0, sent: 0 };

  const flush = () => {
    while (handler !== null && early.length > 0) {
      const data = early.shift();
      earlyBytes -= data.byteLength;
      handler({ data });
    }
  };

  function write(bytes) {
    if (socket !== null && socket.readyState === WebSocketState.OPEN) {
      // noVNC reuses its buffer after send returns.
      const copy = bytes.slice();
      counters.sent += copy.byteLength;
      socket.send(copy);
    }
  }

  function withoutAhead(bytes) {
    const known = Math.min(bytes.byteLength, ahead.byteLength);
    if (bytes.subarray(0, known).some((byte, at) => byte !== ahead[at])) {
      throw new Error('the console does not say what was said for it');
    }
    ahead = ahead.subarray(known);
    return bytes.subarray(known);
  }

  const raw = {
    binaryType: 'arraybuffer',
    protocol: 'pveconsole.v1',
    readyState: WebSocketState.OPEN,
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    send(data) {
      const rest = withoutAhead(new Uint8Array(data));
      if (rest.byteLength > 0) {
        write(rest);
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
    /** Sends what the console is sure to say first, before it could; it then says so to nobody. */
    sayAhead(bytes) {
      ahead = bytes;
      write(bytes);
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
