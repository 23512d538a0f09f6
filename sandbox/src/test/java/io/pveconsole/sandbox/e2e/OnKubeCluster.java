// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.sandbox.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link KubeCluster}; one for all tests of a run. */
final class OnKubeCluster implements ParameterResolver {
  private static final Namespace STORE = Namespace.create(OnKubeCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KubeCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent(KubeCluster.class, key -> KubeCluster.start(), KubeCluster.class);
  }
}
