// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/** Makes the client of the API server: by KUBECONFIG, or by the pod's own account. */
public final class KubernetesConnection {

  private static final int CONNECT_MILLIS = 2000;
  private static final int REQUEST_MILLIS = 5000;

  private KubernetesConnection() {}

  /** A client whose requests fail soon rather than being tried again for long. */
  public static KubernetesClient open() {
    Config config = Config.autoConfigure(null);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    config.setRequestRetryBackoffLimit(1);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }
}
