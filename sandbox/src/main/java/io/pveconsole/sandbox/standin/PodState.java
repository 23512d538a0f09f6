// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import java.time.Instant;

/**
 * What is known of a pod's process.
 *
 * @param waitingFor why it does not run; empty when it does
 */
record PodState(
    boolean running, boolean ready, String waitingFor, int restarts, Instant startedAt) {}
