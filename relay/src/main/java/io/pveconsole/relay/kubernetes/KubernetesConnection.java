// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.pveconsole.relay.time.ServerClock;

/** Makes the client of the API server: by KUBECONFIG, or by the pod's own account. */
public final class KubernetesConnection {

  private static final int CONNECT_MILLIS = 2000;
  private static final int REQUEST_MILLIS = 5000;

  private KubernetesConnection() {}

  /**
   * A client whose requests fail soon rather than being tried again for long, and that tells the
   * clock what the server's says.
   */
  public static KubernetesClient open(ServerClock clock) {
    return open(Config.autoConfigure(null), clock);
  }

  /** The same with a configuration of the caller. */
  public static KubernetesClient open(Config config, ServerClock clock) {
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    config.setRequestRetryBackoffLimit(1);
    // A request that times out takes its HTTP/1.1 connection with it. One connection of HTTP/2 for
    // all would be kept though it is dead, and every later request would time out on it too.
    config.setHttp2Disable(true);
    // It knows the kinds that it is asked for only, not the hundreds of Kubernetes.
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(new ObjectMapper(), false))
        .withHttpClientFactory(new JdkHttpClientFactory())
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("server-dates", new ServerDates(clock)))
        .build();
  }
}
