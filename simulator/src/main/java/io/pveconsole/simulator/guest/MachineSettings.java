// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.guest;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What machines need to know.
 *
 * @param qemuGuests the guests with a real QEMU behind them
 * @param directory where QEMU keeps its sockets
 */
public record MachineSettings(
    Clock clock, Duration passwordLife, Set<Integer> qemuGuests, @Nullable Path directory) {}
