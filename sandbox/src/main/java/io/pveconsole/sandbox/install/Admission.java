// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.Kinds;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * New policies are obeyed a moment after they were made, and the one that stamps sessions answers
 * 503 until the API server has looked up the schema of the new kind.
 */
final class Admission {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final int SERVER_ERROR = 500;

  private Admission() {}

  /** Blocks until a session that is created, but not kept, is judged. */
  static void await(KubernetesClient given, boolean stamped) throws InterruptedException {
    Config config = new ConfigBuilder(given.getConfiguration()).build();
    config.setRequestRetryBackoffLimit(0);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      while (!answers(client, stamped)) {
        if (System.nanoTime() > end) {
          throw new SandboxException(
              "The API server does not judge new sessions.",
              "Its log says why; start again, or use --api mock.");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    }
  }

  private static boolean answers(KubernetesClient client, boolean stamped) {
    try {
      GenericKubernetesResource judged =
          client
              .genericKubernetesResources(Kinds.SESSION)
              .inNamespace("default")
              .resource(probe())
              .dryRun()
              .create();
      return !stamped || Kinds.text(judged, "spec", "requestedBy").isPresent();
    } catch (KubernetesClientException e) {
      return e.getCode() > 0 && e.getCode() < SERVER_ERROR;
    }
  }

  private static GenericKubernetesResource probe() {
    GenericKubernetesResource session = new GenericKubernetesResource();
    session.setApiVersion(Kinds.API_VERSION);
    session.setKind("ConsoleSession");
    session.setMetadata(new ObjectMetaBuilder().withName("probe").build());
    session.setAdditionalProperty(
        "spec", Map.of("hostRef", Map.of("name", "probe"), "target", Map.of("vmid", 100)));
    return session;
  }
}
