// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostSpec;
import io.pveconsole.api.v1alpha1.host.ProxmoxHostStatus;

/** A Proxmox VE cluster whose consoles may be opened. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("ProxmoxHost")
@Plural("proxmoxhosts")
@ShortNames("pvh")
@Categories("pveconsole")
@ValidationRule(
    value = "size(self.metadata.name) <= 50",
    message = "the name may have at most 50 characters: names of owned objects are made from it")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version")
@AdditionalPrinterColumn(
    name = "Sessions",
    jsonPath = ".status.activeSessions",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", priority = 1)
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".spec.endpoints[0].url", priority = 1)
public final class ProxmoxHost extends CustomResource<ProxmoxHostSpec, ProxmoxHostStatus>
    implements Namespaced {

  @Override
  @Required
  @JsonPropertyDescription("What an admin says of one Proxmox cluster.")
  public ProxmoxHostSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is known of it; written by the operator, relays[] by relay pods.")
  public ProxmoxHostStatus getStatus() {
    return super.getStatus();
  }
}
