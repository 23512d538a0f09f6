// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.console.Console;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Gives addresses to hosts that arrive by kubectl; says of others why they cannot work here. */
public final class HostAdopter implements Consumer<GenericKubernetesResource> {

  private final HostExposure exposure;
  private final Applier applier;
  private final Console console;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** For hosts of one sandbox. */
  public HostAdopter(HostExposure exposure, Applier applier, Console console) {
    this.exposure = exposure;
    this.applier = applier;
    this.console = console;
  }

  @Override
  public void accept(GenericKubernetesResource host) {
    try {
      if (exposure.isIncomplete(host)) {
        applier.complete(host);
      }
    } catch (SandboxException e) {
      if (told.add(host.getMetadata().getUid() + e.getMessage())) {
        console.failure(e);
      }
    } catch (KubernetesClientException e) {
      console.say("No address for " + HostExposure.name(host) + ": " + e.getMessage());
    }
  }
}
