// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.simulator.api;

import io.pveconsole.simulator.ConsoleStyle;
import io.pveconsole.simulator.auth.Accounts;
import io.pveconsole.simulator.auth.Tickets;
import io.pveconsole.simulator.console.Consoles;
import io.pveconsole.simulator.fault.Faults;
import io.pveconsole.simulator.guest.Guests;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * What all nodes share.
 *
 * @param fingerprints the certificate of a node, by its name
 * @param brutal hosts without libev-perl: a dead port or a bad frame ends the worker process
 */
public record ClusterState(
    List<String> nodes,
    Guests guests,
    Consoles consoles,
    Accounts accounts,
    Tickets tickets,
    Faults faults,
    Clock clock,
    ConsoleStyle style,
    String caPem,
    Function<String, String> fingerprints,
    long frameSeed,
    boolean brutal) {}
