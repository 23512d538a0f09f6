// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;

/** Who may talk to the relays, and to whom they may talk. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.egressCIDRs) || self.egressCIDRs.all(n, isCIDR(n))",
    message = "egressCIDRs must be networks such as 192.168.1.0/24")
public record RelayNetwork(
    @JsonPropertyDescription("Peers that may reach the public port; none means any.")
        @Size(max = 16)
        List<NetworkPolicyPeer> ingressFrom,
    @JsonPropertyDescription(
            "Networks in which endpoints given by name are; none means any address on that port.")
        @Size(max = 32)
        List<@Size(max = 64) String> egressCIDRs) {}
