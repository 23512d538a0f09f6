// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.KubernetesApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Puts the chart's objects into the API. */
public final class Installer {

  private static final int PATIENCE_SECONDS = 30;
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("helm")
          .withForce(true)
          .build();

  private final KubernetesApi api;

  /** For this API. */
  public Installer(KubernetesApi api) {
    this.api = api;
  }

  /** Installs, and waits until the kinds are served. */
  public void install(ClusterPart chart) {
    KubernetesClient client = api.client();
    String namespace = chart.operatorAccount().namespace();
    List<HasMetadata> objects = new ArrayList<>(chart.basics());
    objects.add(
        0, new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
    if (api.isReal()) {
      objects.addAll(chart.rules());
    }
    for (HasMetadata object : objects) {
      apply(client, object);
    }
    if (api.isReal()) {
      chart.basics().stream()
          .filter(CustomResourceDefinition.class::isInstance)
          .forEach(kind -> awaitServed(client, kind.getMetadata().getName()));
    }
  }

  /** Waits until the policies judge what is written; whoever writes sooner gets 503. */
  public void awaitAdmission(ClusterPart chart) throws InterruptedException {
    if (api.isReal() && !chart.rules().isEmpty()) {
      Admission.await(api.client(), chart.stampsSessions());
    }
  }

  private static void apply(KubernetesClient client, HasMetadata object) {
    try {
      client.resource(object).patch(APPLY);
    } catch (KubernetesClientException e) {
      throw new SandboxException(
          "The API refused the chart's "
              + object.getKind()
              + " "
              + object.getMetadata().getName()
              + ": "
              + e.getMessage(),
          "Restore helm/pveconsole, or use a newer Kubernetes API server.",
          e);
    }
  }

  private static void awaitServed(KubernetesClient client, String name) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .waitUntilCondition(Installer::isServed, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static boolean isServed(CustomResourceDefinition kind) {
    return kind != null
        && kind.getStatus() != null
        && kind.getStatus().getConditions() != null
        && kind.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
