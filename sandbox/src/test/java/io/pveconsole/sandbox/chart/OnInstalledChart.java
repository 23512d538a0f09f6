// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.chart;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.pveconsole.sandbox.api.real.ApiServerBinaries;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link InstalledChart}, or skips them loudly without an API server. */
final class OnInstalledChart implements BeforeAllCallback, ParameterResolver {

  private static final Namespace STORE = Namespace.create(OnInstalledChart.class);

  /** Skips the tests loudly where there are none. */
  static ApiServerBinaries binaries() {
    Optional<ApiServerBinaries> binaries = ApiServerBinaries.find(System.getenv());
    assumeThat(binaries)
        .as("SKIPPED: no kube-apiserver; set KUBEBUILDER_ASSETS or run sandbox/apiserver/build")
        .isPresent();
    return binaries.orElseThrow();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ApiServerBinaries binaries = binaries();
    context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent(
            InstalledChart.class, key -> InstalledChart.start(binaries), InstalledChart.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == InstalledChart.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getRoot().getStore(STORE).get(InstalledChart.class, InstalledChart.class);
  }
}
