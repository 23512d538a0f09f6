// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.pveconsole.api.v1alpha1.Condition;
import io.pveconsole.api.v1alpha1.Doctor;
import io.pveconsole.api.v1alpha1.TerminationReason;
import java.util.List;

/** Where the session is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(oldSelf.completionTime) || (has(self.completionTime) && self.completionTime =="
            + " oldSelf.completionTime)",
    message = "completionTime is written once")
@ValidationRule(
    value =
        "!has(oldSelf.terminationReason) || (has(self.terminationReason) && self.terminationReason"
            + " == oldSelf.terminationReason)",
    message = "terminationReason is written once")
@ValidationRule(
    value =
        "!has(oldSelf.state) || oldSelf.state != 'Finished' || (has(self.state) && self.state =="
            + " 'Finished')",
    message = "a finished session stays finished")
public record ConsoleSessionStatus(
    @JsonPropertyDescription("Generation of the spec that this status belongs to.")
        Long observedGeneration,
    @JsonPropertyDescription("Accepted, Ready, Connected, Finished.") @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("Pending, Ready, Connected or Finished.") SessionState state,
    @JsonPropertyDescription("Address of the console, without the secret.") @Size(max = 600)
        String url,
    @JsonPropertyDescription("Where the link is, until it was used.")
        AccessSecretRef accessSecretRef,
    @JsonPropertyDescription("When it was accepted, RFC 3339.") @Size(max = 40) String startTime,
    @JsonPropertyDescription("Until when the link can be opened, RFC 3339.") @Size(max = 40)
        String linkExpirationTime,
    @JsonPropertyDescription("When it ends, RFC 3339.") @Size(max = 40) String expirationTime,
    @JsonPropertyDescription("How far it can be extended, RFC 3339.") @Size(max = 40)
        String maxExpirationTime,
    @JsonPropertyDescription("When somebody first connected, RFC 3339.") @Size(max = 40)
        String connectedTime,
    @JsonPropertyDescription("When it ended, RFC 3339. Never changes.") @Size(max = 40)
        String completionTime,
    @JsonPropertyDescription("Why it ended. Never changes.") TerminationReason terminationReason,
    @JsonPropertyDescription("The guest as Proxmox knows it.") SessionTarget target,
    @JsonPropertyDescription("Who is looking now.") SessionViewer viewer,
    @JsonPropertyDescription("The last finding on the way to Proxmox.") Doctor doctor) {}
