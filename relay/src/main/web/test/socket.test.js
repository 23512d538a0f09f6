// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChannel, WebSocketState } from '../src/assets/js/socket/channel-shim.js';
import { classifyClose } from '../src/assets/js/socket/close-codes.js';
import { openConnection, SUBPROTOCOL } from '../src/assets/js/socket/connection.js';
import { parseControl, readPolicy } from '../src/assets/js/socket/control.js';
import { createMeter, qualityLevel } from '../src/assets/js/socket/meter.js';
import { createPulse } from '../src/assets/js/socket/pulse.js';
import { countdown, createRetries, retryDelaySeconds } from '../src/assets/js/socket/reconnect.js';

const bytes = (...values) => Uint8Array.from(values).buffer;

class FakeSocket {
  constructor(url, protocols) {
    Object.assign(this, { url, protocols, readyState: WebSocketState.OPEN, sent: [] });
    FakeSocket.last = this;
  }
  send(data) {
    this.sent.push(data);
  }
  close() {
    this.readyState = WebSocketState.CLOSING;
  }
}

function connect() {
  const channel = createChannel();
  const seen = { control: [], closed: [], bytes: [] };
  const connection = openConnection({
    url: 'ws://x/ws',
    channel,
    onControl: (message) => seen.control.push(message.t),
    onClose: (code, reason) => seen.closed.push([code, reason]),
    WebSocketClass: FakeSocket,
  });
  return { channel, connection, seen, socket: FakeSocket.last };
}

test('control and console bytes are told apart, unknown messages reach nobody as an error', () => {
  const { channel, seen, socket } = connect();
  assert.deepEqual(socket.protocols, [SUBPROTOCOL]);
  channel.raw.onmessage = ({ data }) => seen.bytes.push(...new Uint8Array(data));
  socket.onmessage({ data: '{"t":"hello","v":1,"new":true}' });
  socket.onmessage({ data: '{"t":"something-new"}' });
  socket.onmessage({ data: 'not json' });
  socket.onmessage({ data: bytes(1, 2) });
  assert.deepEqual(seen, { control: ['hello', 'something-new'], closed: [], bytes: [1, 2] });
});

test('what is said ahead goes out once, and nothing else may follow it', () => {
  const { channel, socket } = connect();
  channel.sayAhead(Uint8Array.of(82, 70, 66));
  channel.raw.send(Uint8Array.of(82, 70));
  channel.raw.send(Uint8Array.of(66, 7));
  channel.raw.send(Uint8Array.of(8));
  assert.deepEqual(socket.sent.map((data) => [...data]), [[82, 70, 66], [7], [8]]);
  const other = connect().channel;
  other.sayAhead(Uint8Array.of(82));
  assert.throws(() => other.raw.send(Uint8Array.of(83)));
});

test('bytes before hello close the socket', () => {
  const { seen, socket } = connect();
  socket.onmessage({ data: bytes(82) });
  assert.deepEqual(seen.closed, [[1011, 'RelayFailed']]);
  assert.equal(socket.readyState, WebSocketState.CLOSING);
});

test('the end is told once, by whichever side is first', () => {
  const { connection, seen, socket } = connect();
  const { onclose } = socket;
  connection.abandon(1006, '');
  onclose({ code: 1000, reason: '' });
  assert.deepEqual(seen.closed, [[1006, '']]);
});

test('noVNC finds every property as an own key, and early bytes come in order after its own set-up', async () => {
  const { channel } = connect();
  for (const name of ['send', 'close', 'binaryType', 'onerror', 'onmessage', 'onopen', 'protocol', 'readyState']) {
    assert.ok(Object.keys(channel.raw).includes(name), name);
  }
  const got = [];
  channel.deliver(bytes(1));
  channel.deliver(bytes(2));
  channel.raw.onmessage = ({ data }) => got.push(new Uint8Array(data)[0]);
  assert.deepEqual(got, []);
  channel.deliver(bytes(3));
  await Promise.resolve();
  assert.deepEqual(got, [1, 2, 3]);
  assert.equal(channel.counters.received, 3);
});

test('bytes nobody reads are bounded', () => {
  const channel = createChannel();
  assert.equal(channel.deliver(new ArrayBuffer(1 << 20)), true);
  assert.equal(channel.deliver(new ArrayBuffer(1)), false);
});

test('what is sent is copied, and dropped while no socket is there', () => {
  const { channel, socket } = connect();
  const buffer = Uint8Array.of(1, 2);
  channel.raw.send(buffer);
  buffer[0] = 9;
  channel.detach();
  channel.raw.send(buffer);
  assert.deepEqual(socket.sent.map((data) => [...data]), [[1, 2]]);
});

test('close codes: 40xx are final, the rest heals; the name in the frame wins', () => {
  assert.deepEqual(classifyClose(4001, 'Revoked'), { final: true, reason: 'Revoked', prompt: false });
  assert.deepEqual(classifyClose(4003, ''), { final: true, reason: 'IdleTimeout', prompt: false });
  assert.deepEqual(classifyClose(4077, ''), { final: true, reason: 'Failed', prompt: false });
  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4101, 4102, 4103, 4104, 4112]) {
    assert.equal(classifyClose(code, '').final, false, String(code));
  }
  assert.equal(classifyClose(4111, '').prompt, true);
  for (const reason of ['TargetMoved', 'TargetRestarted', 'ConsoleLost']) {
    assert.deepEqual(classifyClose(4101, reason), { final: false, reason, prompt: true });
    assert.equal(classifyClose(1006, reason).prompt, false);
  }
  for (const reason of ['Unreachable', 'UpstreamLost', 'NodeAway', '']) {
    assert.equal(classifyClose(4101, reason).prompt, false, reason);
  }
  assert.equal(classifyClose(4101, 'TargetLocked').reason, 'TargetLocked');
  assert.equal(classifyClose(1006, '<b>x</b>').reason, 'ConnectionLost');
});

test('control messages that are not objects with a type are nothing', () => {
  for (const text of ['1', 'null', '[]', '{"t":1}', '{', `{"t":"${'x'.repeat(5000)}"}`]) {
    assert.equal(parseControl(text), null, text.slice(0, 20));
  }
});

test('a policy keeps what a message does not say and refuses what it does not know', () => {
  const first = readPolicy({ viewOnly: true, clipboard: 'ToGuest', expiresInSeconds: 10, idleTimeoutSeconds: 5 });
  assert.deepEqual(readPolicy({ clipboard: 'Everything' }, first), {
    viewOnly: true,
    clipboard: 'ToGuest',
    expiresInSeconds: null,
    idleTimeoutSeconds: 5,
  });
  assert.equal(readPolicy({}).clipboard, 'None');
});

test('retries spread between 1 s and 30 s', () => {
  for (let attempt = 1; attempt < 40; attempt += 1) {
    assert.equal(retryDelaySeconds(attempt, () => 0), 1);
    assert.ok(retryDelaySeconds(attempt, () => 0.999999) <= 30);
  }
  assert.ok(retryDelaySeconds(1, () => 1) <= 4);
  assert.equal(retryDelaySeconds(9, () => 1), 30);
});

test('the first try after a loss of this console alone is at once, a loss without end is not chased', () => {
  const loss = { prompt: true, pictureMs: 60_000 };
  const quick = (retries, attempt) => retries.after(attempt).seconds <= 0.25;
  const retries = createRetries(() => 0.999999);
  assert.equal(quick(retries, loss), true);
  assert.equal(quick(retries, { prompt: true, pictureMs: null }), false, 'a second failure in a row');
  assert.equal(quick(retries, { prompt: false, pictureMs: 60_000 }), false, 'a loss that others share');
  const flapping = createRetries(() => 0.5);
  const waits = Array.from({ length: 10 }, () => quick(flapping, { prompt: true, pictureMs: 50 }));
  assert.deepEqual(waits.map(Number), [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  assert.equal(quick(flapping, loss), true, 'after a picture that lasted');
  const failing = createRetries(() => 1);
  const seconds = Array.from({ length: 8 }, () => failing.after({ prompt: false, pictureMs: null }).seconds);
  assert.deepEqual(seconds, [4, 8, 16, 30, 30, 30, 30, 30]);
});

test('a countdown shows whole seconds and can be cut short', async () => {
  let clock = 0;
  let pending = null;
  const timers = { now: () => clock, setTimer: (run) => (pending = run), clearTimer: () => (pending = null) };
  const shown = [];
  const online = new EventTarget();
  const first = countdown(2.5, (seconds) => shown.push(seconds), { ...timers, online });
  for (const time of [500, 1500, 2500]) {
    clock = time;
    pending();
  }
  await first.done;
  assert.deepEqual(shown, [3, 2, 1]);
  const second = countdown(30, () => {}, { ...timers, online });
  online.dispatchEvent(new Event('online'));
  await second.done;
  const third = countdown(30, () => {}, { ...timers, online });
  third.skip();
  await third.done;
});

test('a pulse measures the round trip and calls a silent connection dead, but not one that never answers', () => {
  const run = (answers) => {
    let clock = 0;
    let pending = null;
    const log = { sent: 0, trips: [], dead: 0 };
    const pulse = createPulse({
      send: ({ n }) => {
        log.sent += 1;
        if (answers(log.sent)) {
          clock += 40;
          pulse.pong(n);
        }
      },
      onRoundTrip: (ms) => log.trips.push(ms),
      onDead: () => (log.dead += 1),
      now: () => clock,
      setTimer: (next) => (pending = next),
      clearTimer() {},
    });
    pulse.start();
    for (let n = 0; n < 10 && log.dead === 0; n += 1) {
      clock += 3000;
      pending();
    }
    return log;
  };
  assert.equal(run(() => false).dead, 0);
  assert.equal(run((n) => n < 3).dead, 1);
  const healthy = run(() => true);
  assert.equal(healthy.dead, 0);
  assert.ok(healthy.trips.length > 5 && healthy.trips.every((ms) => ms === 40));
});

test('the meter follows the rate and falls to zero', () => {
  let clock = 0;
  let count = 0;
  const sample = createMeter(() => count, () => clock);
  for (let n = 0; n < 20; n += 1) {
    clock += 1000;
    count += 50_000;
    sample();
  }
  assert.ok(Math.abs(sample() - 50_000) < 100);
  for (let n = 0; n < 40; n += 1) {
    clock += 1000;
    sample();
  }
  assert.equal(sample(), 0);
  assert.deepEqual([10, 100, 200, 900].map(qualityLevel), [4, 3, 2, 1]);
});
