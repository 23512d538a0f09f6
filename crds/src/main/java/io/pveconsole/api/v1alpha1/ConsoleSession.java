// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
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
import io.pveconsole.api.v1alpha1.session.ConsoleSessionSpec;
import io.pveconsole.api.v1alpha1.session.ConsoleSessionStatus;

/** One person's access to one guest's console, for a while. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("ConsoleSession")
@Plural("consolesessions")
@ShortNames("pcs")
@Categories("pveconsole")
@ValidationRule(
    value = "size(self.metadata.name) <= 50",
    message = "the name may have at most 50 characters: names of owned objects are made from it")
@ValidationRule(
    value = "!has(oldSelf.status) || has(self.status)",
    message = "a status cannot be removed: parts of it are written once")
@AdditionalSelectableField(jsonPath = ".spec.hostRef.name")
@AdditionalSelectableField(jsonPath = ".spec.requestedBy")
@AdditionalSelectableField(jsonPath = ".spec.target.vmid")
@AdditionalSelectableField(jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Host", jsonPath = ".spec.hostRef.name")
@AdditionalPrinterColumn(
    name = "VMID",
    jsonPath = ".spec.target.vmid",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Guest", jsonPath = ".status.target.name")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Requester", jsonPath = ".spec.requestedBy")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.expirationTime")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.terminationReason")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Node", jsonPath = ".status.target.node", priority = 1)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", priority = 1)
public final class ConsoleSession extends CustomResource<ConsoleSessionSpec, ConsoleSessionStatus>
    implements Namespaced {

  @Override
  @Required
  @JsonPropertyDescription("Who wants which console, and for how long.")
  public ConsoleSessionSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Where the session is; written by the operator only.")
  public ConsoleSessionStatus getStatus() {
    return super.getStatus();
  }
}
