// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.api;

import io.pveconsole.sandbox.SandboxException;
import io.pveconsole.sandbox.api.mock.MockApi;
import io.pveconsole.sandbox.api.real.ApiServerBinaries;
import io.pveconsole.sandbox.api.real.ApiServerDownload;
import io.pveconsole.sandbox.api.real.RealApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Chooses the Kubernetes API: a real one from given or cached programs, else from a download, else
 * the mock.
 *
 * @param index list of downloads
 * @param directory for the API server's files
 * @param logs for the output of its programs
 * @param prefix command words that guard a child process
 */
public record ApiChooser(
    Map<String, String> environment,
    URI index,
    Path directory,
    Path logs,
    List<String> prefix,
    Consumer<String> progress) {

  /** The real API server where it can be had, else the mock. */
  public KubernetesApi automatic() {
    Optional<ApiServerBinaries> binaries = binaries();
    return binaries.isPresent() ? start(binaries.get()) : mock();
  }

  /** The real API server or a failure. */
  public KubernetesApi real() {
    return binaries()
        .map(this::start)
        .orElseThrow(
            () ->
                new SandboxException(
                    "There is no kube-apiserver, and none can be downloaded.",
                    "Set "
                        + ApiServerBinaries.ASSETS
                        + " to a directory with etcd and kube-apiserver,\n"
                        + "or run sandbox/apiserver/build once where Go is installed,\n"
                        + "or use --api mock."));
  }

  /** The mock. */
  public KubernetesApi mock() {
    return MockApi.start();
  }

  private KubernetesApi start(ApiServerBinaries binaries) {
    return RealApi.start(binaries, directory, prefix, logs);
  }

  private Optional<ApiServerBinaries> binaries() {
    Optional<ApiServerBinaries> found = ApiServerBinaries.find(environment);
    return found.isPresent()
        ? found
        : new ApiServerDownload(index, progress).into(ApiServerBinaries.cache(environment));
  }
}
