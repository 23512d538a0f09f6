// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What relays say of an endpoint, taken together. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointStatus(
    @JsonPropertyDescription("The endpoint.") @Required @Size(max = 512) String url,
    @JsonPropertyDescription("Whether at least one relay reaches it and may log in.")
        Boolean reachable,
    @JsonPropertyDescription("Why not.") @Size(max = 64) String reason,
    @JsonPropertyDescription("The certificate it shows.") SeenCertificate certificate) {}
