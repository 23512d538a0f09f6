// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.mock;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.pveconsole.sandbox.api.Kubeconfig;
import io.pveconsole.sandbox.api.KubernetesApi;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/** The mock API on a loopback port, plain HTTP, without accounts. */
public final class MockApi implements KubernetesApi {

  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private final Thread janitor;

  private MockApi(KubernetesMockServer server, String url) {
    this.server = server;
    this.client = KubernetesApi.connect(Kubeconfig.withoutAccount(url));
    this.janitor = Thread.ofVirtual().name("mock-api-janitor").unstarted(this::forgetRequests);
  }

  /** Starts it on a free port. */
  public static MockApi start() {
    MockApiDispatcher dispatcher = new MockApiDispatcher(ListMaps.ofPveconsole());
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    MockApi api = new MockApi(server, "http://127.0.0.1:" + server.getPort());
    api.janitor.start();
    return api;
  }

  /** Fabric8's server records every request for tests to look at; here nobody does. */
  private void forgetRequests() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        server.takeRequest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<Path> kubectl() {
    return Optional.empty();
  }

  @Override
  public boolean isReal() {
    return false;
  }

  @Override
  public String description() {
    return "mock (Fabric8's, with server-side apply; kubectl cannot speak to it)";
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String adminKubeconfig() {
    return Kubeconfig.withoutAccount("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public String kubeconfigFor(AccountRequest account) {
    return adminKubeconfig();
  }

  @Override
  public void close() {
    janitor.interrupt();
    client.close();
    server.destroy();
  }
}
