// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The relay pods of this host. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RelaySettings(
    @JsonPropertyDescription("Number of relay pods; not looked at with autoscaling.")
        @Default("2")
        @Min(0)
        @Max(100)
        Integer replicas,
    @JsonPropertyDescription("Lets a HorizontalPodAutoscaler choose the number.")
        Autoscaling autoscaling,
    @JsonPropertyDescription(
            "Over how many seconds a stopping relay spreads the closing of its consoles.")
        @Default("30")
        @Min(0)
        @Max(3600)
        Integer drainSeconds,
    @JsonPropertyDescription("CPU and memory of the relay container.")
        ResourceRequirements resources,
    @JsonPropertyDescription("Labels of nodes that may run relays.")
        Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints that relays bear.") @Size(max = 32)
        List<Toleration> tolerations,
    @JsonPropertyDescription("Where relays like to run.") Affinity affinity,
    @JsonPropertyDescription("How relays spread over zones and nodes.") @Size(max = 16)
        List<TopologySpreadConstraint> topologySpreadConstraints,
    @JsonPropertyDescription("Priority class of relay pods.") @Size(max = 253)
        String priorityClassName,
    @JsonPropertyDescription("More labels for relay pods.") Map<String, String> podLabels,
    @JsonPropertyDescription("More annotations for relay pods.") Map<String, String> podAnnotations,
    @JsonPropertyDescription("Secrets with which the image is pulled.") @Size(max = 16)
        List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription("Image in place of the operator's default.") @Size(max = 512)
        String image,
    @JsonPropertyDescription("Debug, Info or Warn. No level prints input or secrets.")
        @Default("Info")
        LogLevel logLevel,
    @JsonPropertyDescription("Narrows the NetworkPolicy of the relays.")
        RelayNetwork networkPolicy) {
  /** Fills in what was left out, as the CRD's schema does. */
  public RelaySettings {
    replicas = Objects.requireNonNullElse(replicas, 2);
    drainSeconds = Objects.requireNonNullElse(drainSeconds, 30);
    logLevel = Objects.requireNonNullElse(logLevel, LogLevel.Info);
  }

  /**
   * The relays of a host that says nothing of them.
   *
   * @return all defaults
   */
  public static RelaySettings defaults() {
    return new RelaySettings(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
