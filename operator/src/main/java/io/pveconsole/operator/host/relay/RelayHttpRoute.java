// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.relay;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.pveconsole.api.v1alpha1.host.Exposure;
import io.pveconsole.api.v1alpha1.host.ExposureType;
import io.pveconsole.api.v1alpha1.host.RouteParentRef;
import java.util.List;
import java.util.Optional;

/**
 * The route of a host with exposure type HTTPRoute. Its lists are atomic for the API server, so
 * they hold the defaults too: otherwise what was applied never equals what is there.
 */
final class RelayHttpRoute implements OwnedObject<HTTPRoute> {

  private static final String NO_LIMIT = "0s";

  @Override
  public Class<HTTPRoute> type() {
    return HTTPRoute.class;
  }

  @Override
  public Optional<OptionalApi> needs() {
    return Optional.of(OptionalApi.HTTP_ROUTE);
  }

  @Override
  public Optional<HTTPRoute> desired(RelayPlan plan) {
    Exposure exposure = plan.host().getSpec().exposure();
    if (!plan.facts().routed() || exposure.type() != ExposureType.HTTPRoute) {
      return Optional.empty();
    }
    String name = name(plan.host());
    return Optional.of(
        new HTTPRouteBuilder()
            .withMetadata(RelayMetadata.of(plan.host(), name, exposure.httpRoute().annotations()))
            .withNewSpec()
            .withParentRefs(parents(exposure.httpRoute().parentRefs()))
            .withHostnames(exposure.hostname())
            .withRules(rule(plan, name))
            .endSpec()
            .build());
  }

  private static List<ParentReference> parents(List<RouteParentRef> wanted) {
    return wanted.stream()
        .map(
            parent ->
                new ParentReferenceBuilder()
                    .withGroup("gateway.networking.k8s.io")
                    .withKind("Gateway")
                    .withName(parent.name())
                    .withNamespace(parent.namespace())
                    .withSectionName(parent.sectionName())
                    .withPort(parent.port())
                    .build())
        .toList();
  }

  /** No time limit: a console is one request that lasts for hours. */
  private static HTTPRouteRule rule(RelayPlan plan, String service) {
    return new HTTPRouteRuleBuilder()
        .addNewMatch()
        .withNewPath()
        .withType("PathPrefix")
        .withValue(plan.host().getSpec().exposure().path())
        .endPath()
        .endMatch()
        .addNewBackendRef()
        .withGroup("")
        .withKind("Service")
        .withName(service)
        .withPort(RelayService.port(plan))
        .withWeight(1)
        .endBackendRef()
        .withNewTimeouts()
        .withRequest(NO_LIMIT)
        .endTimeouts()
        .build();
  }
}
