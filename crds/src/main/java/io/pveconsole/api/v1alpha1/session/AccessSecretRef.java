// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The Secret with the link. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccessSecretRef(
    @JsonPropertyDescription(
            "Name of the Secret, keys token and url; deleted once the link was used.")
        @Required
        @Size(max = 253)
        String name) {}
