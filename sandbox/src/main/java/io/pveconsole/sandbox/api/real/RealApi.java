// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.Kubeconfig;
import io.pveconsole.sandbox.api.KubernetesApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kube-apiserver with etcd, on loopback, with RBAC and admission policies. */
public final class RealApi implements KubernetesApi {

  private static final Logger LOG = LoggerFactory.getLogger(RealApi.class);
  private static final int START_MILLIS = 60_000;

  private final KubeAPIServer server;
  private final KubernetesClient client;
  private final ApiServerBinaries binaries;
  private final String version;

  private RealApi(KubeAPIServer server, KubernetesClient client, ApiServerBinaries binaries) {
    this.server = server;
    this.client = client;
    this.binaries = binaries;
    this.version = client.getKubernetesVersion().getGitVersion();
  }

  /**
   * Starts both programs and waits until they answer.
   *
   * @param directory gone through and filled by kube-api-test: links, certificates
   * @param prefix command words that guard a child process
   * @param logs where the programs' output goes
   */
  public static RealApi start(
      ApiServerBinaries binaries, Path directory, List<String> prefix, Path logs) {
    try {
      TestDirectory.prepare(directory, binaries, prefix, logs);
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot write to " + directory + ": " + e.getMessage(), "Use --dir DIR.", e);
    }
    KubeAPIServer server =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(directory.toString())
                .withApiServerVersion(TestDirectory.VERSION)
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withStartupTimeout(START_MILLIS)
                .withApiServerFlags(
                    List.of("--bind-address=127.0.0.1", "--endpoint-reconciler-type=none"))
                .build());
    try {
      server.start();
      return new RealApi(server, KubernetesApi.connect(server.getKubeConfigYaml()), binaries);
    } catch (KubeAPITestException e) {
      stop(server);
      throw new SandboxException(
          "The Kubernetes API server did not start: " + e.getMessage(),
          "Look into the logs in "
              + logs
              + ", or use --api mock. Programs used: "
              + binaries.directory(),
          e);
    }
  }

  @Override
  public boolean isReal() {
    return true;
  }

  @Override
  public Optional<Path> kubectl() {
    return binaries.usableKubectl();
  }

  @Override
  public String description() {
    return "kube-apiserver " + version;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String adminKubeconfig() {
    return server.getKubeConfigYaml();
  }

  @Override
  public String kubeconfigFor(AccountRequest account) {
    TokenRequestBuilder request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(TOKEN_LIFE.toSeconds())
            .endSpec();
    if (account.podName() != null) {
      request
          .editSpec()
          .withNewBoundObjectRef("v1", "Pod", account.podName(), account.podUid())
          .endSpec();
    }
    TokenRequest answer =
        client
            .serviceAccounts()
            .inNamespace(account.namespace())
            .withName(account.name())
            .tokenRequest(request.build());
    return Kubeconfig.withToken(
        client.getMasterUrl().toString(), caData(), answer.getStatus().getToken());
  }

  private String caData() {
    String given = client.getConfiguration().getCaCertData();
    if (given != null) {
      return given;
    }
    try {
      Path file = Path.of(client.getConfiguration().getCaCertFile());
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    stop(server);
  }

  /** kube-api-test fails to stop a server that has already stopped itself. */
  private static void stop(KubeAPIServer server) {
    try {
      server.stop();
    } catch (KubeAPITestException e) {
      LOG.atDebug().setCause(e).log("Stopped before");
    }
  }
}
