// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.real;

import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods that nothing runs. */
final class Pods {

  private Pods() {}

  static void create(RealCluster cluster, String namespace, String name) {
    cluster
        .admin()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("relay")
                .withImage("relay:test")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }
}
