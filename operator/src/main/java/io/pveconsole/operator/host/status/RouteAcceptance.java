// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.host.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.pveconsole.api.v1alpha1.HostReason;
import io.pveconsole.operator.status.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the Gateways say of an HTTPRoute; one that takes it is enough. */
final class RouteAcceptance {

  private RouteAcceptance() {}

  /** Empty when a Gateway has taken it. */
  static Optional<Finding> objection(Optional<HTTPRoute> route) {
    List<RouteParentStatus> parents =
        route
            .map(HTTPRoute::getStatus)
            .map(status -> status.getParents())
            .filter(Objects::nonNull)
            .orElse(List.of());
    if (parents.isEmpty()) {
      return Optional.of(
          Finding.unknown(
              RouteCondition.TYPE,
              HostReason.RoutePending,
              "The HTTPRoute was made, and no Gateway has answered. Check the names in"
                  + " exposure.httpRoute.parentRefs."));
    }
    List<Finding> refusals =
        parents.stream().map(RouteAcceptance::refusal).flatMap(Optional::stream).toList();
    return refusals.size() == parents.size() ? Optional.of(refusals.get(0)) : Optional.empty();
  }

  private static Optional<Finding> refusal(RouteParentStatus parent) {
    return parent.getConditions().stream()
        .filter(c -> c.getType().equals("Accepted") || c.getType().equals("ResolvedRefs"))
        .filter(c -> !c.getStatus().equals("True"))
        .findFirst()
        .map(condition -> refused(parent.getParentRef(), condition));
  }

  private static Finding refused(ParentReference parent, Condition condition) {
    return Finding.no(
        RouteCondition.TYPE,
        HostReason.RouteNotAccepted,
        "Gateway "
            + parent.getName()
            + " does not take the HTTPRoute ("
            + condition.getReason()
            + "): "
            + condition.getMessage());
  }
}
