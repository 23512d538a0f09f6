// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** The guest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GrantTarget(
    @JsonPropertyDescription("Number of the VM or container.") @Required @Min(100) @Max(999999999)
        Integer vmid) {}
