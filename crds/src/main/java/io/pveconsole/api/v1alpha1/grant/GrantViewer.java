// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.grant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The one live viewer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GrantViewer(
    @JsonPropertyDescription("Its id, made by the relay.") @Required @Size(max = 64) String id,
    @JsonPropertyDescription("The relay it is at.") @Required @Size(max = 253) String relayPod,
    @JsonPropertyDescription("Address of the browser, as far as it is known.") @Size(max = 64)
        String clientAddress,
    @JsonPropertyDescription("Since when, RFC 3339.") @Required @Size(max = 40)
        String connectedTime,
    @JsonPropertyDescription(
            "True while its relay still finds out whether it may stay on a guest that is not"
                + " shared.")
        Boolean undecided) {

  /** A viewer that stays. */
  public GrantViewer(String id, String relayPod, String clientAddress, String connectedTime) {
    this(id, relayPod, clientAddress, connectedTime, null);
  }
}
