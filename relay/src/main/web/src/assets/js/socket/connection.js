// SPDX-License-Identifier: Apache-2.0
import { WebSocketState } from './channel-shim.js';
import { parseControl } from './control.js';

export const SUBPROTOCOL = 'pveconsole.v1';

/**
 * One socket to the relay. Text goes to `onControl`, bytes to the channel; `onClose(code, reason)`
 * is called exactly once. Nothing but `hello` may come first.
 */
export function openConnection({ url, channel, onControl, onClose, WebSocketClass = globalThis.WebSocket }) {
  const socket = new WebSocketClass(url, [SUBPROTOCOL]);
  socket.binaryType = 'arraybuffer';
  let greeted = false;
  let closed = false;

  function finish(code, reason) {
    if (closed) {
      return;
    }
    closed = true;
    socket.onmessage = null;
    socket.onclose = null;
    channel.detach();
    onClose(code, reason);
  }

  function abandon(code, reason) {
    if (socket.readyState <= WebSocketState.OPEN) {
      socket.close();
    }
    finish(code, reason);
  }

  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') {
      const message = parseControl(data);
      if (message?.t === 'hello') {
        greeted = true;
      }
      if (message !== null && greeted) {
        onControl(message);
      }
    } else if (!greeted || !channel.deliver(data)) {
      abandon(1011, 'RelayFailed');
    }
  };
  socket.onclose = ({ code, reason }) => finish(code, reason);
  channel.attach(socket);

  return {
    sendControl(message) {
      if (socket.readyState === WebSocketState.OPEN) {
        socket.send(JSON.stringify(message));
      }
    },
    /** Drops the socket without waiting for the other side, which may be long gone. */
    abandon,
    get open() {
      return !closed && socket.readyState === WebSocketState.OPEN;
    },
  };
}
