// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A running Kubernetes API that belongs to the sandbox and ends with it. */
public interface KubernetesApi extends AutoCloseable {

  /** How long the token in a kubeconfig is good. */
  Duration TOKEN_LIFE = Duration.ofHours(24);

  /** Whether schema, RBAC, admission and kubectl work: a kube-apiserver, not the mock. */
  boolean isReal();

  /** The kubectl that lies beside the API server's programs, where one does. */
  Optional<Path> kubectl();

  /** One line for the person at the terminal. */
  String description();

  /** A client that may do everything; closed with the API. */
  KubernetesClient client();

  /** The kubeconfig behind {@link #client()}, as YAML. */
  String adminKubeconfig();

  /** A kubeconfig with a token of the account, as YAML. */
  String kubeconfigFor(AccountRequest account);

  @Override
  void close();

  /** A client for a kubeconfig that reads nothing else of the machine's own configuration. */
  static KubernetesClient connect(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(3);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * A ServiceAccount, and the pod that the token is bound to.
   *
   * @param podName null for a token that is not bound to a pod
   */
  record AccountRequest(String namespace, String name, @Nullable String podName, String podUid) {

    /** An account outside any pod. */
    public static AccountRequest unbound(String namespace, String name) {
      return new AccountRequest(namespace, name, null, "");
    }
  }
}
