// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.relay.async.Blocking;
import io.pveconsole.relay.grants.ConflictException;
import io.pveconsole.relay.grants.GoneException;
import io.pveconsole.relay.grants.Grant;
import io.pveconsole.relay.grants.GrantStore;
import io.pveconsole.relay.grants.StatusPatch;
import io.vertx.core.Future;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Grants in the API server. */
final class FabricGrantStore implements GrantStore {

  private static final Duration READ_LIMIT = Duration.ofSeconds(2);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(10);
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final Blocking blocking;
  private final Blocking listing;
  private final String namespace;
  private final String hostName;
  private final HostGrants ours;

  /**
   * Grants of one host.
   *
   * @param listing for lists, which other calls must not hold up
   */
  FabricGrantStore(
      KubernetesClient client,
      Blocking blocking,
      Blocking listing,
      String namespace,
      String hostName) {
    this.client = client;
    this.blocking = blocking;
    this.listing = listing;
    this.namespace = namespace;
    this.hostName = hostName;
    this.ours = new HostGrants(hostName);
  }

  @Override
  public Future<Optional<Grant>> read(String name) {
    return blocking.call(
        READ_LIMIT,
        () ->
            Optional.ofNullable(grants().inNamespace(namespace).withName(name).get())
                .filter(ours::has)
                .map(Grant::of));
  }

  @Override
  public Future<List<Grant>> list() {
    return listing.call(
        LIST_LIMIT,
        () ->
            grants()
                .inNamespace(namespace)
                .withLabel(Api.HOST_LABEL, hostName)
                .list()
                .getItems()
                .stream()
                .filter(ours::has)
                .map(Grant::of)
                .toList());
  }

  @Override
  public Future<Grant> patch(Grant version, StatusPatch patch) {
    return blocking.call(WRITE_LIMIT, () -> write(version, patch));
  }

  private Grant write(Grant version, StatusPatch patch) {
    try {
      return Grant.of(
          client
              .resource(named(version.name()))
              .subresource("status")
              .patch(PatchContext.of(PatchType.JSON_MERGE), StatusPatchJson.of(version, patch)));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        throw new ConflictException();
      }
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        throw new GoneException();
      }
      throw e;
    }
  }

  /** A client that is given an object to patch does not read it first. */
  private ConsoleGrant named(String name) {
    ConsoleGrant grant = new ConsoleGrant();
    grant.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return grant;
  }

  private MixedOperation<ConsoleGrant, KubernetesResourceList<ConsoleGrant>, Resource<ConsoleGrant>>
      grants() {
    return client.resources(ConsoleGrant.class);
  }
}
