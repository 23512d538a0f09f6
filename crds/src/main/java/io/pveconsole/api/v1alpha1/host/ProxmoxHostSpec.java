// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/** What an admin says of one Proxmox cluster. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProxmoxHostSpec(
    @JsonPropertyDescription("Nodes, or front ends, of one Proxmox cluster.")
        @Required
        @Size(min = 1, max = 16)
        List<HostEndpoint> endpoints,
    @JsonPropertyDescription("How relays log in.") @Required HostCredentials credentials,
    @JsonPropertyDescription(
            "Why the certificate of Proxmox is trusted. There is no way to skip that.")
        HostTls tls,
    @JsonPropertyDescription("How browsers reach the consoles.") @Default("{}") Exposure exposure,
    @JsonPropertyDescription("Where sessions may live.") @Default("{}")
        AllowedNamespaces allowedNamespaces,
    @JsonPropertyDescription("Limits for all sessions.") @Default("{}") SessionPolicy sessionPolicy,
    @JsonPropertyDescription("Which guests may be opened; finer: RBAC on consoletargets.")
        TargetRules targets,
    @JsonPropertyDescription("The relay pods.") @Default("{}") RelaySettings relay,
    @JsonPropertyDescription(
            "True ends all sessions and stops the relays, and keeps everything else.")
        @Default("false")
        Boolean suspend) {
  /** Fills in what was left out, as the CRD's schema does. */
  public ProxmoxHostSpec {
    exposure =
        Objects.requireNonNullElse(
            exposure,
            new Exposure(null, null, null, null, null, null, null, null, null, null, null));
    allowedNamespaces =
        Objects.requireNonNullElse(allowedNamespaces, new AllowedNamespaces(null, null));
    sessionPolicy = Objects.requireNonNullElse(sessionPolicy, SessionPolicy.defaults());
    relay = Objects.requireNonNullElse(relay, RelaySettings.defaults());
    suspend = Objects.requireNonNullElse(suspend, false);
  }
}
