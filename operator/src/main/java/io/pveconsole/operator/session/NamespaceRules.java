// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.host.AllowedNamespaces;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads spec.allowedNamespaces of hosts. */
public final class NamespaceRules implements AllowedSource {

  private final KubernetesClient client;

  /** Asks for namespaces through that client, and only where a selector needs it. */
  public NamespaceRules(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Answer allows(ProxmoxHost host, String namespace) {
    AllowedNamespaces rule = host.getSpec().allowedNamespaces();
    boolean same = namespace.equals(host.getMetadata().getNamespace());
    return switch (rule.from()) {
      case Same -> answer(same);
      case All -> Answer.YES;
      case Selector -> same ? Answer.YES : selects(rule.selector(), namespace);
    };
  }

  private Answer selects(@Nullable LabelSelector selector, String name) {
    try {
      Namespace namespace = client.namespaces().withName(name).get();
      return answer(
          selector != null
              && namespace != null
              && matches(selector, labels(namespace.getMetadata().getLabels())));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return Answer.UNREADABLE;
    }
  }

  private static Answer answer(boolean yes) {
    return yes ? Answer.YES : Answer.NO;
  }

  private static Map<String, String> labels(@Nullable Map<String, String> labels) {
    return labels == null ? Map.of() : labels;
  }

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    boolean equal =
        selector.getMatchLabels() == null
            || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    return equal
        && (selector.getMatchExpressions() == null
            || selector.getMatchExpressions().stream().allMatch(e -> matches(e, labels)));
  }

  private static boolean matches(LabelSelectorRequirement rule, Map<String, String> labels) {
    String value = labels.get(rule.getKey());
    return switch (rule.getOperator()) {
      case "In" -> value != null && rule.getValues().contains(value);
      case "NotIn" -> value == null || !rule.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
