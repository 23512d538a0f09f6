// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The guest as it was at the first open; VMIDs are reused. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GuestIdentity(
    @JsonPropertyDescription("Its name.") @Size(max = 253) String name,
    @JsonPropertyDescription("qemu or lxc.") @Size(max = 16) String type,
    @JsonPropertyDescription("The node it runs on.") @Size(max = 253) String node,
    @JsonPropertyDescription("What tells it from another guest of the same number.")
        @Size(max = 256)
        String identity) {}
