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

/** A key of a ConfigMap in the same namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyRef(
    @JsonPropertyDescription("Name of the ConfigMap.")
        @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Key that holds the PEM text.") @Default("ca.crt") @Size(max = 253)
        String key) {
  /** Fills in what was left out, as the CRD's schema does. */
  public KeyRef {
    key = Objects.requireNonNullElse(key, "ca.crt");
  }
}
