// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Why a relay may trust the certificate of Proxmox. At most one source; none means the CAs of the
 * system.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!(has(self.caRef) && has(self.fingerprints) && size(self.fingerprints) > 0)",
    message = "give caRef or fingerprints, not both: fingerprints replace the check by CA")
public record HostTls(
    @JsonPropertyDescription("ConfigMap with the cluster's pve-root-ca.pem.") KeyRef caRef,
    @JsonPropertyDescription(
            "SHA-256 fingerprints of leaf certificates, several so that they overlap at renewal;"
                + " they replace CA and name checks.")
        @Size(max = 32)
        List<@Pattern("^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$") @Size(max = 95) String>
            fingerprints,
    @JsonPropertyDescription(
            "Name that the certificates must carry, where it is not the one in the URL.")
        @Size(max = 253)
        String serverName) {}
