// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The guest as Proxmox knows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionTarget(
    @JsonPropertyDescription("Its number.") Integer vmid,
    @JsonPropertyDescription("Its name.") @Size(max = 253) String name,
    @JsonPropertyDescription("qemu or lxc.") @Size(max = 16) String type,
    @JsonPropertyDescription("The node it runs on.") @Size(max = 253) String node) {}
