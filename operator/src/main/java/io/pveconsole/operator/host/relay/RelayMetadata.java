// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Labels and owner of all objects that belong to a host. */
public final class RelayMetadata {

  /** Label by which the operator watches what it made. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Its value. */
  public static final String PVECONSOLE = "pveconsole";

  private RelayMetadata() {}

  static ObjectMeta of(ProxmoxHost host, String name, @Nullable Map<String, String> annotations) {
    var builder =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(host.getMetadata().getNamespace())
            .withLabels(labels(host))
            .withOwnerReferences(owner(host));
    return annotations == null || annotations.isEmpty()
        ? builder.build()
        : builder.withAnnotations(new TreeMap<>(annotations)).build();
  }

  /** Metadata of an object of that host without annotations. */
  public static ObjectMeta of(ProxmoxHost host, String name) {
    return of(host, name, null);
  }

  static Map<String, String> selector(ProxmoxHost host) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("app.kubernetes.io/name", PVECONSOLE);
    labels.put("app.kubernetes.io/component", "relay");
    labels.put("app.kubernetes.io/instance", host.getMetadata().getName());
    return labels;
  }

  static Map<String, String> labels(ProxmoxHost host) {
    Map<String, String> labels = selector(host);
    labels.put(MANAGED_BY, PVECONSOLE);
    labels.put(Api.HOST_LABEL, host.getMetadata().getName());
    return labels;
  }

  private static OwnerReference owner(ProxmoxHost host) {
    return new OwnerReferenceBuilder()
        .withApiVersion(host.getApiVersion())
        .withKind(host.getKind())
        .withName(host.getMetadata().getName())
        .withUid(host.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }
}
