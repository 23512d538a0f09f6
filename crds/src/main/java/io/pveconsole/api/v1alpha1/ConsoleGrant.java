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
import io.fabric8.kubernetes.model.annotation.Version;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantStatus;

/**
 * Internal: what relays obey. Made by the operator for an accepted session, in the namespace of its
 * host and named after the session's uid, so that nobody who may only write sessions can make one.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("ConsoleGrant")
@Plural("consolegrants")
@Categories("pveconsole")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.redemption) || (has(self.status) &&"
            + " has(self.status.redemption) && self.status.redemption =="
            + " oldSelf.status.redemption)",
    message = "redemption is written once")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.ended) || (has(self.status) &&"
            + " has(self.status.ended) && self.status.ended == oldSelf.status.ended)",
    message = "ended is written once")
@AdditionalPrinterColumn(name = "Host", jsonPath = ".spec.hostName")
@AdditionalPrinterColumn(name = "Session", jsonPath = ".spec.session.name")
@AdditionalPrinterColumn(
    name = "VMID",
    jsonPath = ".spec.target.vmid",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Viewer", jsonPath = ".status.viewer.relayPod")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".spec.expirationTime")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class ConsoleGrant extends CustomResource<ConsoleGrantSpec, ConsoleGrantStatus>
    implements Namespaced {

  @Override
  @Required
  @JsonPropertyDescription("What a relay obeys; written by the operator only.")
  public ConsoleGrantSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What relays say of it; written by relays only.")
  public ConsoleGrantStatus getStatus() {
    return super.getStatus();
  }
}
