// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.web;

import java.time.Duration;

/**
 * What a connection may cost before it has become a console.
 *
 * @param handshake how long TLS may take
 * @param head how long the first request's head may take
 * @param request how long a request may take from its head to the end of its answer
 * @param idle how long a connection may wait for its next request
 * @param waiting how many connections may be open that are no consoles
 */
record ConnectionLimits(
    Duration handshake, Duration head, Duration request, Duration idle, int waiting) {

  static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          4096);
}
