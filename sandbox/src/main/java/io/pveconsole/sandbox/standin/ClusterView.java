// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pveconsole.sandbox.api.Kinds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The objects that the stand-in acts on, kept by watches. */
final class ClusterView implements ConfigObjects, PublicPorts, AutoCloseable {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final SharedIndexInformer<Deployment> deployments;
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Secret> secrets;
  private final SharedIndexInformer<ConfigMap> configMaps;
  private final SharedIndexInformer<GenericKubernetesResource> hosts;
  private final Set<String> deletedPods = ConcurrentHashMap.newKeySet();

  ClusterView(KubernetesClient client, Map<String, String> labels, Runnable changed) {
    this.deployments =
        client
            .apps()
            .deployments()
            .inAnyNamespace()
            .withLabels(labels)
            .inform(new Notify<>(changed, gone -> {}));
    this.pods =
        client
            .pods()
            .inAnyNamespace()
            .withLabels(labels)
            .inform(new Notify<>(changed, pod -> deletedPods.add(pod.getMetadata().getUid())));
    this.secrets = client.secrets().inAnyNamespace().inform(new Notify<>(changed, gone -> {}));
    this.configMaps =
        client.configMaps().inAnyNamespace().inform(new Notify<>(changed, gone -> {}));
    this.hosts =
        client
            .genericKubernetesResources(Kinds.HOST)
            .inAnyNamespace()
            .inform(new Notify<>(changed, gone -> {}));
  }

  List<Deployment> deployments() {
    return deployments.getStore().list();
  }

  /** Uids of pods that were deleted or are being deleted. */
  Set<String> deletedPods() {
    for (Pod pod : pods.getStore().list()) {
      if (pod.isMarkedForDeletion()) {
        deletedPods.add(pod.getMetadata().getUid());
      }
    }
    return deletedPods;
  }

  @Override
  public Optional<Map<String, byte[]>> secret(String namespace, String name) {
    return find(secrets, namespace, name).map(secret -> decoded(secret.getData()));
  }

  @Override
  public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
    return find(configMaps, namespace, name)
        .map(
            map -> {
              Map<String, byte[]> files = decoded(map.getBinaryData());
              if (map.getData() != null) {
                map.getData()
                    .forEach((key, text) -> files.put(key, text.getBytes(StandardCharsets.UTF_8)));
              }
              return files;
            });
  }

  private static Map<String, byte[]> decoded(Map<String, String> data) {
    Map<String, byte[]> files = new HashMap<>();
    if (data != null) {
      data.forEach((key, text) -> files.put(key, Base64.getDecoder().decode(text)));
    }
    return files;
  }

  @Override
  public OptionalInt of(String namespace, String host) {
    Optional<URI> url =
        find(hosts, namespace, host)
            .flatMap(object -> Kinds.text(object, "spec", "exposure", "publicUrl"))
            .map(URI::create);
    if (url.isEmpty() || !LOOPBACK.contains(String.valueOf(url.get().getHost()))) {
      return OptionalInt.empty();
    }
    int usual = "https".equals(url.get().getScheme()) ? 443 : 80;
    return OptionalInt.of(url.get().getPort() < 0 ? usual : url.get().getPort());
  }

  private static <T extends HasMetadata> Optional<T> find(
      SharedIndexInformer<T> informer, String namespace, String name) {
    return Optional.ofNullable(informer.getStore().getByKey(namespace + "/" + name));
  }

  @Override
  public void close() {
    List.of(deployments, pods, secrets, configMaps, hosts).forEach(SharedIndexInformer::close);
  }
}
