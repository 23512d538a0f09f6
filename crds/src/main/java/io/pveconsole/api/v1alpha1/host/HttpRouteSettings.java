// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** What the HTTPRoute needs beside host name and path. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HttpRouteSettings(
    @JsonPropertyDescription("Gateways to attach to.") @Required @Size(min = 1, max = 8)
        List<RouteParentRef> parentRefs,
    @JsonPropertyDescription("Annotations, copied as they are.") Map<String, String> annotations) {}
