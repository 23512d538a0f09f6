// SPDX-License-Identifier: Apache-2.0
import { createChannel } from './socket/channel-shim.js';
import { openConnection } from './socket/connection.js';
import { readPolicy } from './socket/control.js';
import { createPulse } from './socket/pulse.js';

const CONSOLES = {
  VNC: async () => (await import('./console/vnc.js')).createVncConsole,
  Terminal: async () => (await import('./console/terminal.js')).createTerminalConsole,
};

/** What noVNC answers to RFB 3.8 without authentication: said at once, it saves three round trips. */
const RFB_GREETING = Uint8Array.of(...new TextEncoder().encode('RFB 003.008\n'), 1, 1);

/** Loads the usual console while the page still signs in; a failure shows when it is needed. */
export function preloadConsole() {
  CONSOLES.VNC().catch(() => {});
}

/** One socket and the console on it, until the socket closes: `{code, reason, pictureMs}`. */
export function createAttempt({ ui, t, url, timers, rates, reconnecting }) {
  const channel = createChannel();
  const began = timers.now();
  let kind = 'VNC';
  let policy = {};
  let named = false;
  let pictureSince = null;
  let over = false;
  let connection = null;
  let resolveClosed;

  const pulse = createPulse({
    send: (message) => connection.sendControl(message),
    onRoundTrip: ui.quality.roundTrip,
    onDead: () => connection.abandon(1006, ''),
    ...timers,
  });

  const consoleEvents = {
    onConnect() {
      if (over) {
        return;
      }
      pictureSince = timers.now();
      ui.doctor.page('rfb', 'ok');
      ui.card.hide();
      ui.lastPicture.drop();
      ui.page.set('connected');
      ui.view.apply();
      if (ui.panels.open === null) {
        ui.console?.focus();
      }
    },
    onDisconnect() {
      if (!over) {
        connection.abandon(1011, 'RelayFailed');
      }
    },
    onName(name) {
      if (!named && name !== '') {
        ui.setGuestName(name);
      }
    },
    onClipboard: ui.clipboard.receive,
    onClipping: ui.view.setClipping,
    onResize: (cols, rows) => connection.sendControl({ t: 'resize', cols, rows }),
  };

  async function openConsole() {
    const create = await CONSOLES[kind]();
    if (over) {
      return;
    }
    if (ui.terminal !== null) {
      ui.console = ui.terminal;
      ui.terminal.rebind(channel, consoleEvents);
      return;
    }
    ui.console = create(ui.screen, channel, consoleEvents);
    if (kind === 'Terminal') {
      ui.terminal = ui.console;
    }
  }

  function applyPolicy(message, first) {
    const before = policy;
    policy = readPolicy(message, before);
    ui.setViewOnly(policy.viewOnly);
    ui.clipboard.setPolicy(policy.clipboard, policy.viewOnly);
    ui.timeLeft.set(policy.expiresInSeconds, policy.idleTimeoutSeconds);
    if (first) {
      return;
    }
    if (policy.viewOnly !== before.viewOnly) {
      ui.typing.stop();
      ui.toast(t(policy.viewOnly ? 'policy.viewOnlyOn' : 'policy.viewOnlyOff'));
    } else if (policy.clipboard !== before.clipboard) {
      ui.toast(t('policy.clipboardChanged'));
    }
  }

  const handlers = {
    hello(message) {
      kind = message.console === 'Terminal' ? 'Terminal' : 'VNC';
      ui.page.setConsole(kind);
      ui.doctor.page('relay', 'ok', timers.now() - began);
      ui.keys.build(kind);
      applyPolicy(message, true);
      pulse.start();
      rates.watch(channel.counters);
    },
    step(message) {
      const label = ui.doctor.step(message);
      if (label !== null) {
        ui.card.detail(label);
      }
    },
    ready(message) {
      if (typeof message.name === 'string' && message.name !== '') {
        named = true;
        ui.setGuestName(message.name);
      }
      if (kind === 'VNC') {
        channel.sayAhead(RFB_GREETING);
      }
      openConsole().catch(() => connection.abandon(1011, 'RelayFailed'));
    },
    policy: (message) => applyPolicy(message, false),
    idle: ({ closesInSeconds }) => ui.idle.show(Number(closesInSeconds) || 0),
    active: () => ui.idle.hide(),
    queue({ position }) {
      if (Number.isInteger(position)) {
        ui.card.detail(position > 0 ? t('card.queue', { position }) : '');
      }
    },
    pong: ({ n }) => pulse.pong(n),
  };

  function close(code, reason) {
    over = true;
    pulse.stop();
    rates.stop();
    ui.typing.stop();
    ui.keys.reset();
    ui.idle.hide();
    if (pictureSince !== null) {
      ui.lastPicture.take();
    }
    ui.console?.dispose();
    ui.console = null;
    channel.finish(code, reason);
    resolveClosed({ code, reason, pictureMs: pictureSince === null ? null : timers.now() - pictureSince });
  }

  return {
    run() {
      const closed = new Promise((resolve) => {
        resolveClosed = resolve;
      });
      if (!reconnecting) {
        ui.page.set('connecting');
      }
      ui.card.progress(reconnecting ? 'card.reconnecting' : 'card.connecting');
      ui.doctor.page('relay', 'started');
      connection = openConnection({
        url,
        channel,
        onControl(message) {
          if (Object.hasOwn(handlers, message.t)) {
            handlers[message.t](message);
          }
        },
        onClose: close,
      });
      return closed;
    },
    bye: () => connection?.sendControl({ t: 'bye' }),
  };
}
