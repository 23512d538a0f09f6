// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.micrometer.core.instrument.Counter;

/** Bytes to the guest and from it, of all consoles. */
record ByteCounters(Counter up, Counter down) {}
