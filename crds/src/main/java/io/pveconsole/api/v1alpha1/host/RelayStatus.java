// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The report of one relay pod; only that pod writes it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RelayStatus(
    @JsonPropertyDescription("The pod.") @Required @Size(max = 253) String podName,
    @JsonPropertyDescription("The newest cookie key it has loaded.") @Size(max = 64) String keyId,
    @JsonPropertyDescription("Version of Proxmox it talks to.") @Size(max = 64)
        String proxmoxVersion,
    @JsonPropertyDescription("What it says of each endpoint.") @Size(max = 16)
        List<RelayEndpointStatus> endpoints,
    @JsonPropertyDescription(
            "What is wrong with the certificate that it shows itself, and what to do.")
        @Size(max = 1024)
        String certificateTrouble) {

  /** Nothing is wrong with its own certificate, or it has none. */
  public RelayStatus(
      String podName, String keyId, String proxmoxVersion, List<RelayEndpointStatus> endpoints) {
    this(podName, keyId, proxmoxVersion, endpoints, null);
  }
}
