// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.util.List;
import java.util.Objects;

/** Lets a HorizontalPodAutoscaler choose the number of relays. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "minReplicas must not exceed maxReplicas")
public record Autoscaling(
    @JsonPropertyDescription("Fewest relays.") @Default("2") @Min(1) @Max(100) Integer minReplicas,
    @JsonPropertyDescription("Most relays.") @Required @Min(1) @Max(100) Integer maxReplicas,
    @JsonPropertyDescription(
            "CPU in per cent of the request that is aimed at, where no metrics are given.")
        @Default("70")
        @Min(1)
        @Max(100)
        Integer targetCpuUtilizationPercent,
    @JsonPropertyDescription("Metrics in place of CPU, in the form of autoscaling/v2.")
        @Size(max = 8)
        List<MetricSpec> metrics) {
  /** Fills in what was left out, as the CRD's schema does. */
  public Autoscaling {
    minReplicas = Objects.requireNonNullElse(minReplicas, 2);
    targetCpuUtilizationPercent = Objects.requireNonNullElse(targetCpuUtilizationPercent, 70);
  }
}
