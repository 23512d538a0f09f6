// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.pveconsole.sandbox.apply.Manifests;
import io.pveconsole.sandbox.install.ClusterPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kinds as generated, and an operator with all rights: for work without the chart. */
record GeneratedCluster(Path home) implements ClusterSource {

  @Override
  public ClusterPart render() {
    List<HasMetadata> objects = new ArrayList<>();
    Manifests manifests = new Manifests();
    Manifests.filesOf(home.resolve("crds").resolve("generated"))
        .forEach(file -> objects.addAll(manifests.read(file)));
    objects.add(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName("pveconsole-operator")
            .withNamespace("pveconsole-system")
            .endMetadata()
            .build());
    objects.add(
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName("pveconsole-operator")
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
            .addNewSubject(null, "ServiceAccount", "pveconsole-operator", "pveconsole-system")
            .build());
    return new ClusterPart(objects);
  }
}
