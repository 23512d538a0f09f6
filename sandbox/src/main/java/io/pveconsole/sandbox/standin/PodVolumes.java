// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The volumes of a pod as local directories, kept equal to the objects they come from. */
final class PodVolumes {

  private final Pod pod;
  private final Path directory;
  private final VolumeContent content;
  private final Map<String, AtomicDirectory> mounted = new HashMap<>();

  PodVolumes(Pod pod, Path directory, ConfigObjects objects) {
    this.pod = pod;
    this.directory = directory;
    this.content = new VolumeContent(pod, objects);
  }

  /** Mounts what is not mounted and updates the rest. */
  void refresh() throws NotYet {
    for (Volume volume : pod.getSpec().getVolumes()) {
      Map<String, byte[]> files = content.of(volume);
      try {
        Path target = directory.resolve(volume.getName());
        Files.createDirectories(target);
        if (volume.getEmptyDir() == null) {
          mounted
              .computeIfAbsent(volume.getName(), name -> new AtomicDirectory(target))
              .update(files);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Where the container's mount paths are on this machine. */
  LocalPaths pathsOf(Container container) {
    Map<String, Path> paths = new HashMap<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path local = directory.resolve(mount.getName());
      String below = mount.getSubPath();
      paths.put(mount.getMountPath(), below == null ? local : local.resolve(below));
    }
    return new LocalPaths(paths);
  }
}
