// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Objects;

/** Where sessions of this host may live. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "(self.from == 'Selector') == has(self.selector)",
    message = "selector is needed with from: Selector, and goes with it only")
public record AllowedNamespaces(
    @JsonPropertyDescription("Same, All or Selector.") @Default("Same") NamespacesFrom from,
    @JsonPropertyDescription("Labels of the namespaces; only with Selector.")
        LabelSelector selector) {
  /** Fills in what was left out, as the CRD's schema does. */
  public AllowedNamespaces {
    from = Objects.requireNonNullElse(from, NamespacesFrom.Same);
  }
}
