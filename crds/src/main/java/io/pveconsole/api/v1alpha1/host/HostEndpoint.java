// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One node, or one front end, of the Proxmox cluster. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HostEndpoint(
    @JsonPropertyDescription(
            "Where the Proxmox API answers: https, any port; a path prefix of a reverse proxy is"
                + " allowed.")
        @Required
        @Pattern("^https://[^/?#@\\s]+(/[^?#\\s]*)?$")
        @Size(min = 9, max = 512)
        String url,
    @JsonPropertyDescription(
            "Name that the certificate of this endpoint must carry, where it is not the one in the"
                + " URL.")
        @Size(max = 253)
        String serverName,
    @JsonPropertyDescription("SHA-256 of this endpoint's certificate; replaces spec.tls for it.")
        @Size(max = 4)
        List<@Pattern("^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$") @Size(max = 95) String>
            fingerprints) {}
