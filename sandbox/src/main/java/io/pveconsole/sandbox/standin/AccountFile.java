// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.standin;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pveconsole.sandbox.api.KubernetesApi;
import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import io.pveconsole.sandbox.api.real.RealApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;

/** The kubeconfig of a pod's ServiceAccount, renewed before its token expires. */
final class AccountFile {

  private final KubernetesApi api;
  private final Pod pod;
  private final Path file;
  private final Clock clock;
  private Instant renewAt = Instant.MIN;

  AccountFile(KubernetesApi api, Pod pod, Path file, Clock clock) {
    this.api = api;
    this.pod = pod;
    this.file = file;
    this.clock = clock;
  }

  Path path() {
    return file;
  }

  /** Writes the file when there is none or its token is old. */
  void refresh() throws NotYet {
    if (clock.instant().isBefore(renewAt)) {
      return;
    }
    String named = pod.getSpec().getServiceAccountName();
    AccountRequest account =
        new AccountRequest(
            pod.getMetadata().getNamespace(),
            named == null ? "default" : named,
            pod.getMetadata().getName(),
            pod.getMetadata().getUid());
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, api.kubeconfigFor(account));
      Files.move(
          fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      renewAt = clock.instant().plus(RealApi.TOKEN_RENEWAL);
    } catch (KubernetesClientException e) {
      renewAt = Instant.MIN;
      throw new NotYet("no token for ServiceAccount " + account.name() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
