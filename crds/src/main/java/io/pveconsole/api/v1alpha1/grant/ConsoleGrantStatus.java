// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.pveconsole.api.v1alpha1.Doctor;

/** What relays say of the session. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(oldSelf.redemption) || (has(self.redemption) && self.redemption =="
            + " oldSelf.redemption)",
    message = "redemption is written once")
@ValidationRule(
    value = "!has(oldSelf.ended) || (has(self.ended) && self.ended == oldSelf.ended)",
    message = "ended is written once")
public record ConsoleGrantStatus(
    @JsonPropertyDescription("The use of the link; written once.") Redemption redemption,
    @JsonPropertyDescription("The one live viewer.") GrantViewer viewer,
    @JsonPropertyDescription("The guest as first seen.") GuestIdentity target,
    @JsonPropertyDescription("The last finding on the way to Proxmox.") Doctor doctor,
    @JsonPropertyDescription("The end; written once.") GrantEnded ended) {}
