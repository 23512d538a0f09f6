// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;

/** What a relay obeys: the effective policy of one accepted session. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(value = "self.hostName == oldSelf.hostName", message = "hostName cannot change")
@ValidationRule(value = "self.session == oldSelf.session", message = "session cannot change")
@ValidationRule(value = "self.target == oldSelf.target", message = "target cannot change")
@ValidationRule(value = "self.console == oldSelf.console", message = "console cannot change")
@ValidationRule(
    value = "self.tokenSha256 == oldSelf.tokenSha256",
    message = "tokenSha256 cannot change")
@ValidationRule(
    value = "self.linkExpirationTime == oldSelf.linkExpirationTime",
    message = "linkExpirationTime cannot change")
@ValidationRule(
    value = "!has(oldSelf.end) || (has(self.end) && self.end == oldSelf.end)",
    message = "end is written once")
public record ConsoleGrantSpec(
    @JsonPropertyDescription("The ProxmoxHost, in the same namespace.") @Required @Size(max = 253)
        String hostName,
    @JsonPropertyDescription("The session.") @Required GrantSession session,
    @JsonPropertyDescription("The guest.") @Required GrantTarget target,
    @JsonPropertyDescription("What is shown.") @Required ConsoleKind console,
    @JsonPropertyDescription("Lower-case hex SHA-256 of the link secret.")
        @Required
        @Pattern("^[0-9a-f]{64}$")
        @Size(max = 64)
        String tokenSha256,
    @JsonPropertyDescription("Until when the link can be opened, RFC 3339.")
        @Required
        @Size(max = 40)
        String linkExpirationTime,
    @JsonPropertyDescription("When the session ends, RFC 3339.") @Required @Size(max = 40)
        String expirationTime,
    @JsonPropertyDescription("Seconds without key or pointer after which it ends.")
        @Required
        @Min(1)
        @Max(86400)
        Integer idleTimeoutSeconds,
    @JsonPropertyDescription("Whether input is dropped.") @Required Boolean viewOnly,
    @JsonPropertyDescription("Which way text may be copied.") @Required ClipboardPolicy clipboard,
    @JsonPropertyDescription("Whether other sessions may show the guest at once.") @Required
        GuestSharing guestSharing,
    @JsonPropertyDescription("What happens when a used link is opened again.") @Required
        LinkReusePolicy onLinkReuse,
    @JsonPropertyDescription("Set by the operator once, to end the session.") GrantEnd end) {}
