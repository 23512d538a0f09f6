// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.operator.status.Finding;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pass has found out about a host.
 *
 * @param foreign objects of derived names that belong to somebody else, as Kind/name
 * @param wideRules what the relays' NetworkPolicy lets through without need
 * @param activeSessions null while they cannot be counted
 */
public record HostFacts(
    ProxmoxHost host,
    Optional<Deployment> deployment,
    List<String> foreign,
    RouteFacts route,
    List<String> wideRules,
    Finding admission,
    @Nullable Integer activeSessions) {}
