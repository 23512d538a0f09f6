// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.pveconsole.api.v1alpha1.DoctorStep;

/** What one relay says of an endpoint. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RelayEndpointStatus(
    @JsonPropertyDescription("The endpoint.") @Required @Size(max = 512) String url,
    @JsonPropertyDescription("The step that failed; none when all is well.") DoctorStep step,
    @JsonPropertyDescription("Why it failed.") @Size(max = 64) String reason,
    @JsonPropertyDescription("For admins: what to do.") @Size(max = 1024) String message,
    @JsonPropertyDescription("The certificate it shows.") SeenCertificate certificate) {}
