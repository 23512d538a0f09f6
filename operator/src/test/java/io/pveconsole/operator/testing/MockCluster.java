// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;

/** A small stand-in for an API server: CRUD, watches, status, server-side apply. */
public final class MockCluster implements AutoCloseable {

  private final KubernetesMockServer server;
  private final SsaDispatcher dispatcher;
  private final KubernetesClient client;

  public MockCluster() {
    Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
    dispatcher = new SsaDispatcher(responses);
    server =
        new KubernetesMockServer(new Context(), new MockWebServer(), responses, dispatcher, false);
    server.init();
    client = server.createClient();
    for (String kind : new String[] {"ProxmoxHost", "ConsoleSession", "ConsoleGrant"}) {
      String plural = kind.toLowerCase(Locale.ROOT) + "s";
      client
          .resource(
              new CustomResourceDefinitionBuilder()
                  .withNewMetadata()
                  .withName(plural + ".pveconsole.io")
                  .endMetadata()
                  .withNewSpec()
                  .withGroup("pveconsole.io")
                  .withScope("Namespaced")
                  .withNewNames()
                  .withKind(kind)
                  .withPlural(plural)
                  .withSingular(kind.toLowerCase(Locale.ROOT))
                  .endNames()
                  .addNewVersion()
                  .withName("v1alpha1")
                  .withServed(true)
                  .withStorage(true)
                  .withNewSubresources()
                  .withNewStatus()
                  .endStatus()
                  .endSubresources()
                  .endVersion()
                  .endSpec()
                  .build())
          .create();
    }
  }

  public KubernetesClient client() {
    return client;
  }

  /** Requests that changed something, or could have. */
  public List<String> writes() {
    return dispatcher.writes();
  }

  public <T extends HasMetadata> T create(T object) {
    return client.resource(object).create();
  }

  @Override
  public void close() {
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException e) {
      // Seen once in some hundred runs: the mock's own server waits ten seconds for itself.
      System.err.println("the mock API server did not end in its time: " + e.getMessage());
    }
  }
}
