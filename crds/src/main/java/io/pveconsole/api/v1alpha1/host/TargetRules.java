// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which guests may be opened at all. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TargetRules(
    @JsonPropertyDescription("Numbers and ranges, such as 100-199. None means all.") @Size(max = 64)
        List<@Pattern("^[0-9]{3,9}(-[0-9]{3,9})?$") @Size(max = 19) String> vmids) {}
