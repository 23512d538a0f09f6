// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.viewer;

import io.pveconsole.relay.audit.Audit;
import io.pveconsole.relay.grants.GrantRegistry;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.GrantWriter;
import io.pveconsole.relay.host.HostView;
import io.pveconsole.relay.host.ProxmoxAccess;
import io.pveconsole.relay.metrics.RelayMetrics;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What all viewers of a relay share. */
public record ViewerServices(
    Vertx vertx,
    Clock clock,
    String podName,
    GrantStore store,
    GrantRegistry registry,
    GrantWriter writer,
    HostView host,
    ProxmoxAccess access,
    Audit audit,
    RelayMetrics metrics,
    ConsoleTimes times,
    Room room,
    Departures departures) {}
