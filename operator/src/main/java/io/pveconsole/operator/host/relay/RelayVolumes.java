// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is mounted: whole directories, never single files, so that changes reach running pods. */
final class RelayVolumes {

  private static final int READ_ONLY = 0440;

  private RelayVolumes() {}

  static Optional<String> caConfigMap(ProxmoxHost host) {
    var tls = host.getSpec().tls();
    return tls == null || tls.caRef() == null ? Optional.empty() : Optional.of(tls.caRef().name());
  }

  static List<Volume> volumes(RelayPlan plan) {
    ProxmoxHost host = plan.host();
    List<Volume> volumes = new ArrayList<>();
    volumes.add(secret("credentials", host.getSpec().credentials().secretRef().name(), true));
    caConfigMap(host)
        .ifPresent(
            name ->
                volumes.add(
                    new VolumeBuilder()
                        .withName("ca")
                        .withNewConfigMap()
                        .withName(name)
                        .withOptional(true)
                        .withDefaultMode(READ_ONLY)
                        .endConfigMap()
                        .build()));
    volumes.add(secret("keys", RelayNames.keysSecret(host), false));
    plan.servingSecret().ifPresent(name -> volumes.add(secret("tls", name, true)));
    volumes.add(
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
            .withNewSizeLimit("64Mi")
            .endEmptyDir()
            .build());
    return volumes;
  }

  static List<VolumeMount> mounts(RelayPlan plan) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(mount("credentials", RelayNames.CREDENTIALS_DIR, true));
    caConfigMap(plan.host()).ifPresent(n -> mounts.add(mount("ca", RelayNames.CA_DIR, true)));
    mounts.add(mount("keys", RelayNames.KEYS_DIR, true));
    plan.servingSecret().ifPresent(n -> mounts.add(mount("tls", RelayNames.TLS_DIR, true)));
    mounts.add(mount("tmp", RelayNames.TMP_DIR, null));
    return mounts;
  }

  private static VolumeMount mount(String name, String path, @Nullable Boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(path)
        .withReadOnly(readOnly)
        .build();
  }

  private static Volume secret(String name, String secretName, boolean optional) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secretName)
        .withOptional(optional)
        .withDefaultMode(READ_ONLY)
        .endSecret()
        .build();
  }
}
