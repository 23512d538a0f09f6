// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** What the Ingress needs beside host and path. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IngressSettings(
    @JsonPropertyDescription("The ingress class; empty means the cluster's default.")
        @Size(max = 253)
        String className,
    @JsonPropertyDescription("Annotations for the ingress controller, copied as they are.")
        Map<String, String> annotations) {}
