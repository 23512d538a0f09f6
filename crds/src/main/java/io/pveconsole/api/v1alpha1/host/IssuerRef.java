// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** A cert-manager issuer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record IssuerRef(
    @JsonPropertyDescription("Name of the issuer.")
        @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Issuer or ClusterIssuer.")
        @Default("Issuer")
        @Pattern("^(Issuer|ClusterIssuer)$")
        @Size(max = 16)
        String kind) {
  /** Fills in what was left out, as the CRD's schema does. */
  public IssuerRef {
    kind = Objects.requireNonNullElse(kind, "Issuer");
  }
}
