// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can go wrong. The name in lower case with hyphens is the one in the control interface. */
public enum Fault {
  /** The node's port is closed: connection refused. */
  REFUSE_CONNECTIONS,
  /** Connections are accepted and closed at once, before TLS, as DENY_FROM does. */
  DENY_CONNECTIONS,
  /** Connections are accepted by the system, then nothing ever comes, not even TLS. */
  BLACKHOLE,
  /** TLS succeeds, then nothing more ever comes. */
  HANG_AFTER_TLS,
  /** vncproxy and termproxy answer late; value: milliseconds, default 6000. */
  SLOW_VNCPROXY,
  /** vncproxy gives a password that is not the VNC server's. */
  WRONG_VNC_PASSWORD,
  /** A console is cut after so many bytes to the client; value: bytes, default 1000. */
  DROP_AFTER_BYTES,
  /** All tickets made so far end at once. Happens when switched on. */
  TICKET_EXPIRED_NOW,
  /**
   * The auth key is replaced: login tickets stay valid, VNC tickets do not. Happens when switched
   * on.
   */
  AUTH_ROTATED,
  /** vncproxy fails with 500 because its port is not ready in time. */
  TASK_TIMEOUTS,
  /** Calls that have to hop to the named node fail; value: 595 (default), 596 or 599. */
  HOP_FAILED,
  /**
   * The node presents another certificate; value: {@code leaf} of the same CA (default), {@code
   * next}, which is the same each time, or {@code foreign}.
   */
  CERTIFICATE_SWAP,
  /** The console ends before the RFB banner. */
  CLOSE_BEFORE_BANNER,
  /** Errors have the reason in the status line only, as before January 2025. */
  REASON_ONLY,
  /** termproxy refuses API tokens, as before November 2025; the version says so. */
  TERMPROXY_WITHOUT_TOKENS,
  /** Nobody listens on a console's port any more when the WebSocket comes. */
  DEAD_PORT;

  /** The name in the control interface. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** By the name in the control interface. */
  public static Optional<Fault> byKey(String key) {
    return Arrays.stream(values()).filter(f -> f.key().equals(key)).findFirst();
  }
}
