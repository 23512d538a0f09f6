// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Who is looking. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionViewer(
    @JsonPropertyDescription("Address of the browser, as far as it is known.") @Size(max = 64)
        String clientAddress,
    @JsonPropertyDescription("Since when, RFC 3339.") @Size(max = 40) String connectedTime) {}
