// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import java.util.Objects;

/** Who wants which console, and for how long. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.hostRef == oldSelf.hostRef",
    message = "hostRef cannot change: make a new session")
@ValidationRule(
    value = "self.target == oldSelf.target",
    message = "target cannot change: make a new session")
@ValidationRule(
    value = "self.console == oldSelf.console",
    message = "console cannot change: make a new session")
@ValidationRule(
    value =
        "has(self.requestedBy) == has(oldSelf.requestedBy) && (!has(self.requestedBy) ||"
            + " self.requestedBy == oldSelf.requestedBy)",
    message = "requestedBy cannot change")
@ValidationRule(
    value =
        "has(self.reason) == has(oldSelf.reason) && (!has(self.reason) || self.reason =="
            + " oldSelf.reason)",
    message = "reason cannot change")
@ValidationRule(
    value =
        "has(self.accessTokenSha256) == has(oldSelf.accessTokenSha256) &&"
            + " (!has(self.accessTokenSha256) || self.accessTokenSha256 =="
            + " oldSelf.accessTokenSha256)",
    message = "accessTokenSha256 cannot change: make a new session")
@ValidationRule(
    value =
        "!has(oldSelf.durationSeconds) || (has(self.durationSeconds) && self.durationSeconds >="
            + " oldSelf.durationSeconds)",
    message = "durationSeconds may only grow: set revoked to end the session earlier")
@ValidationRule(
    value = "!oldSelf.revoked || self.revoked",
    message = "a revoked session stays revoked: make a new one")
public record ConsoleSessionSpec(
    @JsonPropertyDescription("The ProxmoxHost. Cannot change.") @Required HostRef hostRef,
    @JsonPropertyDescription("The guest. Cannot change.") @Required TargetRef target,
    @JsonPropertyDescription("VNC, or Terminal for serial consoles and containers. Cannot change.")
        @Default("VNC")
        ConsoleKind console,
    @JsonPropertyDescription("Who asks; stamped by the API server where it can. Cannot change.")
        @Size(min = 1, max = 256)
        String requestedBy,
    @JsonPropertyDescription("Why, for the audit log. Cannot change.") @Size(max = 512)
        String reason,
    @JsonPropertyDescription(
            "How long it lasts from acceptance; may grow while it is open, up to the host's"
                + " maximum.")
        @Min(10)
        @Max(604800)
        Integer durationSeconds,
    @JsonPropertyDescription(
            "Seconds without key or pointer after which it ends; may change while it is open.")
        @Min(10)
        @Max(86400)
        Integer idleTimeoutSeconds,
    @JsonPropertyDescription("Whether input is dropped; may change while it is open.")
        @Default("false")
        Boolean viewOnly,
    @JsonPropertyDescription("Which way text may be copied; may change while it is open.")
        @Default("Both")
        ClipboardPolicy clipboard,
    @JsonPropertyDescription(
            "Lower-case hex SHA-256 of a link secret that only the requester knows; then no Secret"
                + " is made. Cannot change.")
        @Pattern("^[0-9a-f]{64}$")
        @Size(max = 64)
        String accessTokenSha256,
    @JsonPropertyDescription("True ends it at once, for good.") @Default("false") Boolean revoked,
    @JsonPropertyDescription("When the finished session is deleted.")
        @Default("3600")
        @Min(0)
        @Max(2592000)
        Integer ttlSecondsAfterFinished) {
  /** Fills in what was left out, as the CRD's schema does. */
  public ConsoleSessionSpec {
    console = Objects.requireNonNullElse(console, ConsoleKind.VNC);
    viewOnly = Objects.requireNonNullElse(viewOnly, false);
    clipboard = Objects.requireNonNullElse(clipboard, ClipboardPolicy.Both);
    revoked = Objects.requireNonNullElse(revoked, false);
    ttlSecondsAfterFinished = Objects.requireNonNullElse(ttlSecondsAfterFinished, 3600);
  }
}
