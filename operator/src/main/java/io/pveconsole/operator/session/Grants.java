// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.TerminationReason;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.GrantEnd;
import io.pveconsole.operator.status.Times;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes grants. Changes carry the resourceVersion that was read, so that a late pass changes
 * nothing that it has not seen; they name what changes only, so that fields of a later version
 * stay.
 */
public final class Grants {

  private final KubernetesClient client;

  /** Writes through that client. */
  public Grants(KubernetesClient client) {
    this.client = client;
  }

  /** The grant as the API server has it now. */
  Optional<ConsoleGrant> live(String namespace, String uid) {
    return Optional.ofNullable(
        client.resources(ConsoleGrant.class).inNamespace(namespace).withName(uid).get());
  }

  /** Makes it, or returns the one that an interrupted pass made. */
  ConsoleGrant create(ConsoleGrant grant) {
    try {
      return client.resource(grant).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return live(grant.getMetadata().getNamespace(), grant.getMetadata().getName())
          .orElseThrow(() -> e);
    }
  }

  /** Changes the policy where it differs. */
  ConsoleGrant update(ConsoleGrant grant, ConsoleGrantSpec spec) {
    if (spec.equals(grant.getSpec())) {
      return grant;
    }
    return client
        .resource(grant)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            MergePatch.of(grant, "spec", grant.getSpec(), spec));
  }

  /** Orders the end; the first order stays. */
  ConsoleGrant end(ConsoleGrant grant, TerminationReason reason, Instant now) {
    if (grant.getSpec().end() != null) {
      return grant;
    }
    GrantEnd end = new GrantEnd(reason, Times.text(now));
    return update(grant, GrantSpecs.withEnd(grant.getSpec(), end));
  }

  /** Deletes exactly this one. */
  void delete(ConsoleGrant grant) {
    client
        .resources(ConsoleGrant.class)
        .inNamespace(grant.getMetadata().getNamespace())
        .withName(grant.getMetadata().getName())
        .delete();
  }
}
