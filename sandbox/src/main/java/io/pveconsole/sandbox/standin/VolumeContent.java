// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a volume, by path in it. */
final class VolumeContent {

  private final Pod pod;
  private final ConfigObjects objects;

  VolumeContent(Pod pod, ConfigObjects objects) {
    this.pod = pod;
    this.objects = objects;
  }

  /** The files now; empty for a volume that only gives space. */
  Map<String, byte[]> of(Volume volume) throws NotYet {
    Map<String, byte[]> files = new TreeMap<>();
    if (volume.getSecret() != null) {
      var source = volume.getSecret();
      addSecret(files, source.getSecretName(), source.getItems(), source.getOptional());
    } else if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      addConfigMap(files, source.getName(), source.getItems(), source.getOptional());
    } else if (volume.getProjected() != null) {
      for (VolumeProjection source : volume.getProjected().getSources()) {
        addProjection(files, source);
      }
    } else if (volume.getEmptyDir() == null) {
      throw new NotYet("the sandbox cannot mount this kind of volume: " + volume.getName());
    }
    return files;
  }

  private void addProjection(Map<String, byte[]> files, VolumeProjection source) throws NotYet {
    if (source.getSecret() != null) {
      var secret = source.getSecret();
      addSecret(files, secret.getName(), secret.getItems(), secret.getOptional());
    } else if (source.getConfigMap() != null) {
      var map = source.getConfigMap();
      addConfigMap(files, map.getName(), map.getItems(), map.getOptional());
    } else if (source.getDownwardAPI() != null) {
      for (var item : source.getDownwardAPI().getItems()) {
        String value = PodFields.value(pod, item.getFieldRef().getFieldPath());
        files.put(item.getPath(), value.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void addSecret(
      Map<String, byte[]> files,
      String name,
      @Nullable List<KeyToPath> items,
      @Nullable Boolean optional)
      throws NotYet {
    var found = objects.secret(pod.getMetadata().getNamespace(), name);
    add(files, found, "Secret " + name, items, Boolean.TRUE.equals(optional));
  }

  private void addConfigMap(
      Map<String, byte[]> files,
      String name,
      @Nullable List<KeyToPath> items,
      @Nullable Boolean optional)
      throws NotYet {
    var found = objects.configMap(pod.getMetadata().getNamespace(), name);
    add(files, found, "ConfigMap " + name, items, Boolean.TRUE.equals(optional));
  }

  private static void add(
      Map<String, byte[]> files,
      Optional<Map<String, byte[]>> found,
      String what,
      @Nullable List<KeyToPath> items,
      boolean optional)
      throws NotYet {
    if (found.isEmpty()) {
      if (!optional) {
        throw new NotYet(what + " not found");
      }
      return;
    }
    if (items == null || items.isEmpty()) {
      files.putAll(found.get());
      return;
    }
    for (KeyToPath item : items) {
      byte[] value = found.get().get(item.getKey());
      if (value != null) {
        files.put(item.getPath(), value);
      } else if (!optional) {
        throw new NotYet(what + " has no key " + item.getKey());
      }
    }
  }
}
