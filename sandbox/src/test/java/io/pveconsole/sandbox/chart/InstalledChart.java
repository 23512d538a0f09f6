// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.pveconsole.sandbox.api.Kinds;
import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.api.real.ApiServerBinaries;
import io.pveconsole.sandbox.api.real.RealApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real API server into which the whole chart was applied; one for all tests of a run. */
final class InstalledChart implements AutoCloseable {

  static final String OPERATOR =
      "system:serviceaccount:" + Rendered.NAMESPACE + ":pveconsole-operator";
  static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("chart-test")
          .withForce(true)
          .build();

  static final PatchContext UNFORCED =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("chart-test")
          .withForce(false)
          .build();

  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
  private final AtomicInteger namespaces = new AtomicInteger();
  private final RealApi api;

  private InstalledChart(ApiServerBinaries binaries) throws IOException {
    api = opened(EmptyApi.start(binaries)).api();
  }

  static InstalledChart start(ApiServerBinaries binaries) {
    try {
      InstalledChart chart = new InstalledChart(binaries);
      chart.install();
      return chart;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install() {
    createNamespace(Rendered.NAMESPACE);
    String version = admin().getKubernetesVersion().getGitVersion();
    List<HasMetadata> objects =
        new ChartRenderer(version)
            .render(Rendered.CHART, Map.of(), Rendered.NAMESPACE, "pveconsole");
    for (HasMetadata object : objects) {
      admin().resource(object).patch(APPLY);
    }
    for (String plural : List.of("proxmoxhosts", "consolesessions", "consolegrants")) {
      admin()
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(plural + ".pveconsole.io")
          .waitUntilCondition(InstalledChart::isServed, 30, TimeUnit.SECONDS);
    }
    awaitPolicies();
  }

  private static boolean isServed(HasMetadata crd) {
    return crd instanceof CustomResourceDefinition served
        && served.getStatus() != null
        && served.getStatus().getConditions() != null
        && served.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** The API server obeys new policies a moment after they were made. */
  private void awaitPolicies() {
    String namespace = namespace();
    kind(operator(), Kinds.HOST, namespace).resource(Yaml.host("probe")).create();
    Awaitility.await("the policies are obeyed")
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptionsMatching(InstalledChart::isTooEarly)
        .until(
            () -> {
              GenericKubernetesResource session = Yaml.session("probe", "probe", 101);
              boolean stamped =
                  Kinds.text(
                          kind(admin(), Kinds.SESSION, namespace)
                              .resource(session)
                              .dryRun()
                              .create(),
                          "spec",
                          "requestedBy")
                      .isPresent();
              return stamped && isRefused(namespace);
            });
  }

  /** The stamp needs the schema of a new kind, which the API server looks up now and then. */
  private static boolean isTooEarly(Throwable failure) {
    return failure instanceof KubernetesClientException e && e.getCode() == 503;
  }

  private boolean isRefused(String namespace) {
    try {
      kind(admin(), Kinds.HOST, namespace)
          .withName("probe")
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"url\":\"https://probe\"}}");
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == 403;
    }
  }

  RealApi api() {
    return api;
  }

  /** The cluster's admin, who may do everything but what the policies keep for others. */
  KubernetesClient admin() {
    return api.client();
  }

  /** The operator's name, with all rights: for what only policies and schemas may refuse. */
  KubernetesClient operator() {
    return as(OPERATOR, "system:masters");
  }

  /** A person, by impersonation. */
  KubernetesClient as(String user, String... groups) {
    Config config = Config.fromKubeconfig(api.adminKubeconfig());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups);
    return opened(new KubernetesClientBuilder().withConfig(config).build());
  }

  /** An account with a token of its own, bound to a pod unless that is null. */
  KubernetesClient account(KubernetesApi.AccountRequest account) {
    return opened(KubernetesApi.connect(api.kubeconfigFor(account)));
  }

  /** A new namespace. */
  String namespace() {
    return createNamespace("team-" + namespaces.incrementAndGet());
  }

  private String createNamespace(String name) {
    admin()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  static NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      kind(KubernetesClient client, ResourceDefinitionContext kind, String namespace) {
    return client.genericKubernetesResources(kind).inNamespace(namespace);
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() throws Exception {
    List<Exception> failures = new ArrayList<>();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
