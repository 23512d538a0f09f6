// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pveconsole.api.v1alpha1.ClipboardPolicy;
import io.pveconsole.api.v1alpha1.ConsoleKind;
import io.pveconsole.api.v1alpha1.GuestSharing;
import io.pveconsole.api.v1alpha1.LinkReusePolicy;
import java.util.List;
import java.util.Objects;

/** Limits for all sessions of the host. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.defaultDurationSeconds <= self.maxDurationSeconds",
    message = "defaultDurationSeconds must not exceed maxDurationSeconds")
@ValidationRule(
    value = "self.defaultIdleTimeoutSeconds <= self.maxIdleTimeoutSeconds",
    message = "defaultIdleTimeoutSeconds must not exceed maxIdleTimeoutSeconds")
public record SessionPolicy(
    @JsonPropertyDescription("How long a session lasts that does not say.")
        @Default("3600")
        @Min(10)
        @Max(604800)
        Integer defaultDurationSeconds,
    @JsonPropertyDescription("The longest a session may last, extensions included.")
        @Default("28800")
        @Min(10)
        @Max(604800)
        Integer maxDurationSeconds,
    @JsonPropertyDescription("How long an unopened link stays good.")
        @Default("600")
        @Min(10)
        @Max(86400)
        Integer linkTimeoutSeconds,
    @JsonPropertyDescription(
            "Seconds without key or pointer after which a session ends that does not say.")
        @Default("900")
        @Min(10)
        @Max(86400)
        Integer defaultIdleTimeoutSeconds,
    @JsonPropertyDescription("The longest idle time a session may ask for.")
        @Default("3600")
        @Min(10)
        @Max(86400)
        Integer maxIdleTimeoutSeconds,
    @JsonPropertyDescription("Sessions that may be open at once; none means no limit.")
        @Min(0)
        @Max(100000)
        Integer maxSessions,
    @JsonPropertyDescription("Sessions that one requester may have at once; none means no limit.")
        @Min(0)
        @Max(100000)
        Integer maxSessionsPerUser,
    @JsonPropertyDescription("Whether a session must give a reason.") @Default("false")
        Boolean requireReason,
    @JsonPropertyDescription(
            "Whether the requester must bring the hash of a secret of its own, so that no Secret is"
                + " made.")
        @Default("false")
        Boolean requireRequesterHash,
    @JsonPropertyDescription("Kinds of console that may be opened.")
        @Default("[\"VNC\", \"Terminal\"]")
        @Size(min = 1, max = 2)
        List<ConsoleKind> consoles,
    @JsonPropertyDescription("True forces all sessions to view only.") @Default("false")
        Boolean viewOnly,
    @JsonPropertyDescription("The widest clipboard a session may have.") @Default("Both")
        ClipboardPolicy clipboard,
    @JsonPropertyDescription("Whether two sessions may show one guest at once.") @Default("Shared")
        GuestSharing guestSharing,
    @JsonPropertyDescription("What happens when a used link is opened by somebody else.")
        @Default("Refuse")
        LinkReusePolicy onLinkReuse,
    @JsonPropertyDescription("How long consoles go on while the API server cannot be read.")
        @Default("300")
        @Min(30)
        @Max(86400)
        Integer controlPlaneGraceSeconds) {
  /** Fills in what was left out, as the CRD's schema does. */
  public SessionPolicy {
    defaultDurationSeconds = Objects.requireNonNullElse(defaultDurationSeconds, 3600);
    maxDurationSeconds = Objects.requireNonNullElse(maxDurationSeconds, 28800);
    linkTimeoutSeconds = Objects.requireNonNullElse(linkTimeoutSeconds, 600);
    defaultIdleTimeoutSeconds = Objects.requireNonNullElse(defaultIdleTimeoutSeconds, 900);
    maxIdleTimeoutSeconds = Objects.requireNonNullElse(maxIdleTimeoutSeconds, 3600);
    requireReason = Objects.requireNonNullElse(requireReason, false);
    requireRequesterHash = Objects.requireNonNullElse(requireRequesterHash, false);
    consoles = Objects.requireNonNullElse(consoles, List.of(ConsoleKind.VNC, ConsoleKind.Terminal));
    viewOnly = Objects.requireNonNullElse(viewOnly, false);
    clipboard = Objects.requireNonNullElse(clipboard, ClipboardPolicy.Both);
    guestSharing = Objects.requireNonNullElse(guestSharing, GuestSharing.Shared);
    onLinkReuse = Objects.requireNonNullElse(onLinkReuse, LinkReusePolicy.Refuse);
    controlPlaneGraceSeconds = Objects.requireNonNullElse(controlPlaneGraceSeconds, 300);
  }

  /**
   * The policy of a host that gives none.
   *
   * @return all defaults
   */
  public static SessionPolicy defaults() {
    return new SessionPolicy(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
