// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One observation of an object's state, in the form that kubectl wait understands. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    @JsonPropertyDescription("Name of the condition.") @Required @Size(max = 64) String type,
    @JsonPropertyDescription("True, False or Unknown.")
        @Required
        @Pattern("^(True|False|Unknown)$")
        @Size(max = 8)
        String status,
    @JsonPropertyDescription("One word for programs: why the status is what it is.")
        @Required
        @Size(max = 128)
        String reason,
    @JsonPropertyDescription("For people: what is so, and what to do next.") @Size(max = 2048)
        String message,
    @JsonPropertyDescription("The generation of the spec this was decided on.")
        Long observedGeneration,
    @JsonPropertyDescription("When the status last changed, RFC 3339.") @Size(max = 40)
        String lastTransitionTime) {}
