// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api.real;

import io.pveconsole.sandbox.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory with {@code etcd}, {@code kube-apiserver} and perhaps {@code kubectl}. */
public record ApiServerBinaries(Path directory) {

  /** Names the directory, as envtest and others do. */
  public static final String ASSETS = "KUBEBUILDER_ASSETS";

  Path etcd() {
    return directory.resolve("etcd");
  }

  Path apiServer() {
    return directory.resolve("kube-apiserver");
  }

  Path kubectl() {
    return directory.resolve("kubectl");
  }

  Optional<Path> usableKubectl() {
    return Optional.of(kubectl()).filter(Files::isExecutable);
  }

  private boolean areComplete() {
    return Files.isExecutable(etcd()) && Files.isExecutable(apiServer());
  }

  /** Those that the environment names, else those of the cache. Nothing is downloaded. */
  public static Optional<ApiServerBinaries> find(Map<String, String> environment) {
    String assets = environment.getOrDefault(ASSETS, "");
    if (!assets.isEmpty()) {
      ApiServerBinaries given = new ApiServerBinaries(Path.of(assets));
      if (!given.areComplete()) {
        throw new SandboxException(
            ASSETS + "=" + assets + " does not hold etcd and kube-apiserver.",
            "Correct the variable, or unset it.");
      }
      return Optional.of(given);
    }
    Path cache = cache(environment);
    return Stream.of(cache, cache.resolve("downloaded"))
        .map(ApiServerBinaries::new)
        .filter(ApiServerBinaries::areComplete)
        .findFirst();
  }

  /** Where {@code sandbox/apiserver/build} puts them; downloads go to a directory inside. */
  public static Path cache(Map<String, String> environment) {
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        caches.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")))
                .resolve(".cache")
            : Path.of(caches);
    return base.resolve("pveconsole").resolve("apiserver");
  }
}
