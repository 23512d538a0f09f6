// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32;

/** Pods from a Deployment's template; there is no ReplicaSet in between. */
final class PodFactory {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private PodFactory() {}

  /** Changes when the template does. */
  static String hash(Deployment deployment) {
    CRC32 crc = new CRC32();
    String template = JSON.asJson(deployment.getSpec().getTemplate());
    crc.update(template.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  /** A pod not yet created, with a name of its own. */
  static Pod create(Deployment deployment) {
    ObjectMeta owner = deployment.getMetadata();
    String hash = hash(deployment);
    String suffix = UUID.randomUUID().toString().substring(0, 5);
    return new PodBuilder()
        .withMetadata(deployment.getSpec().getTemplate().getMetadata())
        .editOrNewMetadata()
        .withName(owner.getName() + "-" + hash + "-" + suffix)
        .withNamespace(owner.getNamespace())
        .addToLabels("pod-template-hash", hash)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(owner.getName())
                .withUid(owner.getUid())
                .withController(true)
                .build())
        .endMetadata()
        .withSpec(deployment.getSpec().getTemplate().getSpec())
        .build();
  }
}
