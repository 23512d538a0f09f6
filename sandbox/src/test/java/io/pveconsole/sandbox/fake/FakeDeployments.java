// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.fake;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** A relay's Deployment without volumes. */
final class FakeDeployments {

  private FakeDeployments() {}

  static Deployment relayOf(GenericKubernetesResource host) {
    String name = host.getMetadata().getName();
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: %1$s-relay
              namespace: default
              labels: &labels
                app.kubernetes.io/managed-by: pveconsole
                app.kubernetes.io/component: relay
                pveconsole.io/host: %1$s
              ownerReferences:
              - {apiVersion: pveconsole.io/v1alpha1, kind: ProxmoxHost, name: %1$s, uid: %2$s}
            spec:
              replicas: 1
              selector: {matchLabels: *labels}
              template:
                metadata: {labels: *labels}
                spec:
                  serviceAccountName: %1$s-relay
                  containers:
                  - name: relay
                    image: relay:test
                    env:
                    - {name: PVECONSOLE_HOST_NAME, value: %1$s}
                    - {name: PVECONSOLE_PUBLIC_PORT, value: "8080"}
                    - {name: PVECONSOLE_MANAGEMENT_PORT, value: "8081"}
                    ports:
                    - {name: public, containerPort: 8080}
                    - {name: management, containerPort: 8081}
                    readinessProbe: {httpGet: {path: /readyz, port: 8081}}
            """
                .formatted(name, host.getMetadata().getUid()),
            Deployment.class);
  }
}
