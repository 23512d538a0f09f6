// SPDX-License-Identifier: Apache-2.0
package io.pveconsole.operator.session;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.pveconsole.api.v1alpha1.Api;
import io.pveconsole.api.v1alpha1.ConsoleGrant;
import io.pveconsole.api.v1alpha1.ConsoleSession;
import io.pveconsole.api.v1alpha1.ProxmoxHost;
import io.pveconsole.api.v1alpha1.grant.ConsoleGrantSpec;
import io.pveconsole.api.v1alpha1.grant.GrantEnd;
import io.pveconsole.api.v1alpha1.grant.GrantSession;
import io.pveconsole.api.v1alpha1.grant.GrantTarget;
import io.pveconsole.api.v1alpha1.host.SessionPolicy;
import io.pveconsole.operator.status.Conditions;
import io.pveconsole.operator.status.Times;
import java.time.Instant;
import java.util.Map;

/** How a grant is made from a session and its host. */
final class GrantSpecs {

  private static final String ADMISSION_ENFORCED = "AdmissionEnforced";

  private GrantSpecs() {}

  static ConsoleGrant grant(
      ConsoleSession session, ProxmoxHost host, String tokenSha256, Instant start) {
    ConsoleGrant grant = new ConsoleGrant();
    var metadata =
        new ObjectMetaBuilder()
            .withName(session.getMetadata().getUid())
            .withNamespace(host.getMetadata().getNamespace())
            .withLabels(Map.of(Api.HOST_LABEL, host.getMetadata().getName()));
    if (session.getMetadata().getNamespace().equals(host.getMetadata().getNamespace())) {
      metadata.withOwnerReferences(AccessSecrets.owner(session));
    }
    grant.setMetadata(metadata.build());
    grant.setSpec(spec(session, host, tokenSha256, start));
    return grant;
  }

  private static ConsoleGrantSpec spec(
      ConsoleSession session, ProxmoxHost host, String tokenSha256, Instant start) {
    SessionPolicy policy = host.getSpec().sessionPolicy();
    EffectivePolicy effective = EffectivePolicy.of(session.getSpec(), host, start);
    Instant link = start.plusSeconds(policy.linkTimeoutSeconds());
    boolean verified =
        host.getStatus() != null
            && Conditions.isTrue(host.getStatus().conditions(), ADMISSION_ENFORCED);
    return new ConsoleGrantSpec(
        host.getMetadata().getName(),
        new GrantSession(
            session.getMetadata().getNamespace(),
            session.getMetadata().getName(),
            session.getMetadata().getUid(),
            session.getSpec().requestedBy(),
            verified),
        new GrantTarget(session.getSpec().target().vmid()),
        session.getSpec().console(),
        tokenSha256,
        Times.text(link.isBefore(effective.expiration()) ? link : effective.expiration()),
        Times.text(effective.expiration()),
        effective.idleTimeoutSeconds(),
        effective.viewOnly(),
        effective.clipboard(),
        policy.guestSharing(),
        policy.onLinkReuse(),
        null);
  }

  static ConsoleGrantSpec withPolicy(
      ConsoleGrantSpec spec, EffectivePolicy effective, SessionPolicy policy) {
    return new ConsoleGrantSpec(
        spec.hostName(),
        spec.session(),
        spec.target(),
        spec.console(),
        spec.tokenSha256(),
        spec.linkExpirationTime(),
        Times.text(effective.expiration()),
        effective.idleTimeoutSeconds(),
        effective.viewOnly(),
        effective.clipboard(),
        policy.guestSharing(),
        policy.onLinkReuse(),
        spec.end());
  }

  static ConsoleGrantSpec withEnd(ConsoleGrantSpec spec, GrantEnd end) {
    return new ConsoleGrantSpec(
        spec.hostName(),
        spec.session(),
        spec.target(),
        spec.console(),
        spec.tokenSha256(),
        spec.linkExpirationTime(),
        spec.expirationTime(),
        spec.idleTimeoutSeconds(),
        spec.viewOnly(),
        spec.clipboard(),
        spec.guestSharing(),
        spec.onLinkReuse(),
        end);
  }
}
