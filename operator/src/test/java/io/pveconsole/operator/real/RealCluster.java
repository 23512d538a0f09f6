// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real API server with the chart in it, but without any controller; one for all tests. */
final class RealCluster implements AutoCloseable {

  /** Who the operator is. */
  static final String OPERATOR = "system:serviceaccount:" + Chart.NAMESPACE + ":" + Chart.ACCOUNT;

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("test")
          .withForce(true)
          .build();

  private final AtomicInteger namespaces = new AtomicInteger();
  private final KubeAPIServer server;
  private final KubernetesClient admin;
  private final KubernetesClient relays;
  private final AuditLog audit;
  private final Path files;

  private RealCluster(Path binaries) throws IOException {
    Path directory = Files.createDirectories(Path.of("target", "apiserver").toAbsolutePath());
    directory = Files.createTempDirectory(directory, "run-");
    files = directory;
    ApiServerFiles.lay(directory, binaries);
    audit = new AuditLog(directory);
    List<String> flags = new ArrayList<>(audit.flags(directory));
    flags.add("--bind-address=127.0.0.1");
    flags.add("--endpoint-reconciler-type=none");
    server =
        new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(directory.toString())
                .withApiServerVersion(ApiServerFiles.VERSION)
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withStartupTimeout(120_000)
                .withApiServerFlags(flags)
                .build());
    server.start();
    admin =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
            .build();
    Config asOperator = Config.fromKubeconfig(server.getKubeConfigYaml());
    asOperator.setImpersonateUsername(OPERATOR);
    asOperator.setImpersonateGroups("system:masters");
    relays = new KubernetesClientBuilder().withConfig(asOperator).build();
    install();
  }

  private void install() {
    createNamespace(Chart.NAMESPACE);
    Chart.objects().forEach(this::apply);
  }

  /** Applies it with all rights, and waits for a CRD to be served. */
  void apply(HasMetadata object) {
    admin.resource(object).patch(APPLY);
    if (object instanceof CustomResourceDefinition crd) {
      admin.resource(crd).waitUntilCondition(RealCluster::isServed, 60, TimeUnit.SECONDS);
    }
  }

  private static boolean isServed(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** The cluster's admin, and a stand-in for all controllers. */
  KubernetesClient admin() {
    return admin;
  }

  /** Writes status, as the policies let the operator do, in place of relays and of time. */
  KubernetesClient relays() {
    return relays;
  }

  AuditLog audit() {
    return audit;
  }

  /** The operator's own account, which holds the chart's role and nothing else. */
  KubernetesClient operator(String url, Interceptor... interceptors) {
    return account(Chart.NAMESPACE, Chart.ACCOUNT, url, interceptors);
  }

  /** An account with a token of its own. */
  KubernetesClient account(String namespace, String name, String url, Interceptor... interceptors) {
    Config known = admin.getConfiguration();
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withCaCertData(known.getCaCertData())
                .withCaCertFile(known.getCaCertFile())
                .withOauthToken(token(namespace, name))
                .build())
        .withHttpClientBuilderConsumer(
            builder -> {
              for (Interceptor interceptor : interceptors) {
                builder.addOrReplaceInterceptor("test", interceptor);
              }
            })
        .build();
  }

  private String token(String namespace, String name) {
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(name)
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(7200L).endSpec().build())
        .getStatus()
        .getToken();
  }

  /** Which operator holds the Lease; empty where none does. */
  String leader() {
    Lease lease =
        admin()
            .resources(Lease.class)
            .inNamespace(Chart.NAMESPACE)
            .withName("pveconsole-operator")
            .get();
    return lease == null || lease.getSpec().getHolderIdentity() == null
        ? ""
        : lease.getSpec().getHolderIdentity();
  }

  String url() {
    return admin.getMasterUrl().toString();
  }

  /** A file for kubectl. */
  String adminKubeconfig() throws IOException {
    Path file = Files.createTempFile(files, "admin-", ".yaml");
    return Files.writeString(file, server.getKubeConfigYaml()).toString();
  }

  /** The same for a process of its own, which reaches the API server at that address. */
  Path operatorKubeconfig(String url) throws IOException {
    Config known = Config.fromKubeconfig(server.getKubeConfigYaml());
    String authority =
        known.getCaCertData() == null
            ? "certificate-authority: " + known.getCaCertFile()
            : "certificate-authority-data: " + known.getCaCertData();
    String yaml =
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "%s", %s}}]
        users: [{name: test, user: {token: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]
        """
            .formatted(url, authority, token(Chart.NAMESPACE, Chart.ACCOUNT));
    return Files.writeString(Files.createTempFile(files, "kubeconfig-", ".yaml"), yaml);
  }

  String namespace() {
    return createNamespace("team-" + namespaces.incrementAndGet());
  }

  private String createNamespace(String name) {
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  @Override
  public void close() {
    relays.close();
    admin.close();
    server.stop();
  }

  /** Gives tests the cluster. */
  static final class Extension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace STORE = Namespace.create(RealCluster.class);

    @Override
    public void beforeAll(ExtensionContext context) {
      Path binaries = ApiServerFiles.binaries();
      context
          .getRoot()
          .getStore(STORE)
          .getOrComputeIfAbsent(RealCluster.class, key -> start(binaries), RealCluster.class);
    }

    private static RealCluster start(Path binaries) {
      try {
        return new RealCluster(binaries);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RealCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context.getRoot().getStore(STORE).get(RealCluster.class, RealCluster.class);
    }
  }
}
