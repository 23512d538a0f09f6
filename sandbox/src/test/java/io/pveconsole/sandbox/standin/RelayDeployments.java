// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pveconsole.sandbox.api.Widgets;
import java.util.Map;

/** Deployments as the operator writes them. */
final class RelayDeployments {

  private RelayDeployments() {}

  static GenericKubernetesResource host(int port) {
    return Widgets.host(
        "pve", Map.of("exposure", Map.of("type", "None", "publicUrl", "http://localhost:" + port)));
  }

  static Deployment deployment(String level) {
    return Serialization.unmarshal(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: pve-relay
          namespace: default
          labels: &labels
            app.kubernetes.io/managed-by: pveconsole
            app.kubernetes.io/component: relay
        spec:
          replicas: 1
          selector: {matchLabels: *labels}
          template:
            metadata:
              labels: *labels
            spec:
              serviceAccountName: pve-relay
              terminationGracePeriodSeconds: 5
              containers:
              - name: relay
                image: relay:test
                env:
                - {name: PVECONSOLE_HOST_NAME, value: pve}
                - {name: PVECONSOLE_PUBLIC_PORT, value: "8080"}
                - {name: PVECONSOLE_MANAGEMENT_PORT, value: "8081"}
                - {name: PVECONSOLE_CREDENTIALS_DIR, value: /etc/credentials}
                - {name: LEVEL, value: "%s"}
                - name: PVECONSOLE_POD_NAME
                  valueFrom: {fieldRef: {fieldPath: metadata.name}}
                ports:
                - {name: public, containerPort: 8080}
                - {name: management, containerPort: 8081}
                readinessProbe: {httpGet: {path: /readyz, port: management}}
                volumeMounts:
                - {name: credentials, mountPath: /etc/credentials}
                - {name: keys, mountPath: /etc/keys}
              volumes:
              - name: credentials
                secret: {secretName: pve, optional: true}
              - name: keys
                secret: {secretName: pve-relay-keys}
        """
            .formatted(level),
        Deployment.class);
  }
}
