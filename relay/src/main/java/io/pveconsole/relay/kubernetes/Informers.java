// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.relay.kubernetes;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches of the Kubernetes client that are told to end together. Safe from any thread. */
final class Informers {

  private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  synchronized void begin(SharedIndexInformer<?> informer) {
    informers.add(informer);
    informer.exceptionHandler(
        (started, thrown) -> {
          LOG.atInfo().addKeyValue("error", thrown.toString()).log("a watch was interrupted");
          return true;
        });
    informer
        .start()
        .whenComplete(
            (done, thrown) -> {
              if (thrown != null && isCurrent(informer)) {
                LOG.atWarn().addKeyValue("error", thrown.toString()).log("a watch has not begun");
              }
            });
  }

  private synchronized boolean isCurrent(SharedIndexInformer<?> informer) {
    return informers.contains(informer);
  }

  synchronized void end() {
    informers.forEach(SharedIndexInformer::stop);
    informers.clear();
  }
}
