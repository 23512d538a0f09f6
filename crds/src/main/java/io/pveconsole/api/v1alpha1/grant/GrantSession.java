// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** The session that this grant is for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GrantSession(
    @JsonPropertyDescription("Namespace of the session.") @Required @Size(max = 63)
        String namespace,
    @JsonPropertyDescription("Name of the session.") @Required @Size(max = 253) String name,
    @JsonPropertyDescription("Its uid, also the name of the grant.") @Required @Size(max = 64)
        String uid,
    @JsonPropertyDescription("Who asked.") @Size(max = 256) String requestedBy,
    @JsonPropertyDescription(
            "Whether the API server vouches for requestedBy; otherwise it is claimed.")
        @Default("false")
        Boolean requesterVerified) {
  /** Fills in what was left out, as the CRD's schema does. */
  public GrantSession {
    requesterVerified = Objects.requireNonNullElse(requesterVerified, false);
  }
}
