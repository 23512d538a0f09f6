// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The environment variables that a container names, resolved. */
final class ContainerEnvironment {

  private final Pod pod;
  private final ConfigObjects objects;

  ContainerEnvironment(Pod pod, ConfigObjects objects) {
    this.pod = pod;
    this.objects = objects;
  }

  Map<String, String> of(Container container, LocalPaths paths) throws NotYet {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      Optional<String> value =
          variable.getValueFrom() == null
              ? Optional.of(variable.getValue() == null ? "" : variable.getValue())
              : from(variable.getValueFrom());
      if (value.isPresent()) {
        String expanded = expand(value.get(), environment);
        environment.put(variable.getName(), paths.replaceIn(expanded));
      }
    }
    return environment;
  }

  private Optional<String> from(EnvVarSource source) throws NotYet {
    String namespace = pod.getMetadata().getNamespace();
    if (source.getFieldRef() != null) {
      return Optional.of(PodFields.value(pod, source.getFieldRef().getFieldPath()));
    }
    if (source.getSecretKeyRef() != null) {
      var ref = source.getSecretKeyRef();
      boolean optional = Boolean.TRUE.equals(ref.getOptional());
      return key(objects.secret(namespace, ref.getName()), ref.getName(), ref.getKey(), optional);
    }
    if (source.getConfigMapKeyRef() != null) {
      var ref = source.getConfigMapKeyRef();
      boolean optional = Boolean.TRUE.equals(ref.getOptional());
      var found = objects.configMap(namespace, ref.getName());
      return key(found, ref.getName(), ref.getKey(), optional);
    }
    throw new NotYet("the sandbox cannot resolve this source of an environment variable");
  }

  private static Optional<String> key(
      Optional<Map<String, byte[]>> found, String name, String key, boolean optional)
      throws NotYet {
    Optional<String> value =
        found
            .flatMap(data -> Optional.ofNullable(data.get(key)))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    if (value.isEmpty() && !optional) {
      throw new NotYet("key " + key + " of " + name + " not found");
    }
    return value;
  }

  /** Replaces {@code $(NAME)} by variables named before. */
  private static String expand(String value, Map<String, String> before) {
    String result = value;
    for (Map.Entry<String, String> variable : before.entrySet()) {
      result = result.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    return result;
  }
}
