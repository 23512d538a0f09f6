// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * What machines need to know.
 *
 * @param qemuGuests the guests with a real QEMU behind them
 */
public record MachineSettings(Clock clock, Duration passwordLife, Set<Integer> qemuGuests) {}
