// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.pveconsole.api.v1alpha1.Condition;
import java.util.List;

/** What is known of the host. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProxmoxHostStatus(
    @JsonPropertyDescription("Generation of the spec that this status belongs to.")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Ready, RelayAvailable, RouteReady, Reachable, TLSTrusted, CredentialsValid,"
                + " AdmissionEnforced.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("Where its consoles are served, without /c/.") @Size(max = 512)
        String url,
    @JsonPropertyDescription("Version of Proxmox.") @Size(max = 64) String version,
    @JsonPropertyDescription("Sessions that are not finished; written every 10 seconds at most.")
        Integer activeSessions,
    @JsonPropertyDescription("The endpoints, derived from relays.") @Size(max = 16)
        List<EndpointStatus> endpoints,
    @JsonPropertyDescription("One report for each relay pod.") @Size(max = 128)
        List<RelayStatus> relays) {}
