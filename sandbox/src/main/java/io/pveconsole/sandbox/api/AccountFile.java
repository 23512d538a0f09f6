// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import io.pveconsole.sandbox.api.KubernetesApi.AccountRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A kubeconfig file of a ServiceAccount, renewed long before its token expires. Clients read the
 * file again when their token is refused.
 */
public final class AccountFile {

  private static final Duration RENEWAL = KubernetesApi.TOKEN_LIFE.dividedBy(3);

  private final KubernetesApi api;
  private final AccountRequest account;
  private final Path file;
  private final Clock clock;
  private Instant renewAt = Instant.MIN;

  /** Nothing is written yet. */
  public AccountFile(KubernetesApi api, AccountRequest account, Path file, Clock clock) {
    this.api = api;
    this.account = account;
    this.file = file;
    this.clock = clock;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * Writes the file when there is none or its token is old.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when there is no such account
   */
  public void refresh() {
    if (clock.instant().isBefore(renewAt)) {
      return;
    }
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, api.kubeconfigFor(account));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      renewAt = clock.instant().plus(RENEWAL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
