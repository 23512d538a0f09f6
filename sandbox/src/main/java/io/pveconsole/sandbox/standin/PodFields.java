// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The downward API: fields of a pod that its containers may ask for. */
final class PodFields {

  private static final Pattern ENTRY =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.*)'\\]");

  private PodFields() {}

  static String value(Pod pod, String path) throws NotYet {
    Matcher entry = ENTRY.matcher(path);
    if (entry.matches()) {
      boolean label = entry.group(1).equals("labels");
      Map<String, String> map =
          label ? pod.getMetadata().getLabels() : pod.getMetadata().getAnnotations();
      return orEmpty(map == null ? null : map.get(entry.group(2)));
    }
    return switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
      case "spec.nodeName" -> "sandbox";
      case "status.podIP", "status.podIPs", "status.hostIP" -> "127.0.0.1";
      default -> throw new NotYet("the sandbox does not know the field " + path);
    };
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
