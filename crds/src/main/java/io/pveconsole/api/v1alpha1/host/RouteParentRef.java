// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Gateway that the route attaches to. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RouteParentRef(
    @JsonPropertyDescription("Name of the Gateway.")
        @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Its namespace; empty means the host's.") @Size(max = 63)
        String namespace,
    @JsonPropertyDescription("Name of the listener.") @Size(max = 253) String sectionName,
    @JsonPropertyDescription("Port of the listener.") @Min(1) @Max(65535) Integer port) {}
